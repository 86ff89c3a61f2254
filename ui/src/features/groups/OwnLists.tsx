import { useState } from "react";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PersonVersions } from "@/api/groups";
import { useContractPeople, useLimitVersions } from "@/api/groups-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { StackTable } from "@/components/StackTable";
import { PersonField } from "./PersonField";
import { VersionsDialog } from "./VersionsDialog";
import { rulesText, type Named } from "./place";
import classes from "./Groups.module.css";

interface OwnListsProps {
  contract: string;
  product: Named;
  lists: readonly PersonVersions[];
}

/** People with a list of their own: more are found by search, and a list that was lifted can be put back at once. */
export function OwnLists({ contract, product, lists }: OwnListsProps) {
  const { t } = useTranslation();
  const people = useContractPeople(contract);
  const limit = useLimitVersions(contract, product.id);
  const [asked, setAsked] = useState<{ account: string; name: string; versions: string[] | null } | null>(
    null,
  );
  const [lifted, setLifted] = useState<PersonVersions | null>(null);
  const lift = (list: PersonVersions) =>
    limit.mutate({ whom: { account: list.account }, versions: null }, { onSuccess: () => setLifted(list) });
  const putBack = ({ account, versions }: PersonVersions) =>
    limit.mutate({ whom: { account }, versions }, { onSuccess: () => setLifted(null) });
  const without = people.data?.filter(({ account }) => !lists.some((list) => list.account === account)) ?? [];
  return (
    <Panel flush title={t("groups.ofProduct.people")} lead={t("groups.ofProduct.peopleLead")}>
      <div className={classes.bar}>
        <PersonField
          label={t("groups.ofProduct.limit")}
          people={without}
          disabled={!people.data}
          onPerson={({ account, name }) => setAsked({ account, name, versions: null })}
        />
      </div>
      {people.error ? (
        <FailureNotice
          className={classes.change}
          failure={people.error}
          remedies={{ retry: () => void people.refetch() }}
        />
      ) : null}
      {limit.error ? <FailureNotice className={classes.change} failure={limit.error} /> : null}
      <div role="status" aria-label={t("groups.ofProduct.people")}>
        {lifted ? (
          <Notice
            tone="info"
            className={classes.change}
            title={t("groups.ofProduct.lifted", { name: lifted.name })}
            action={
              <Button
                size="xs"
                variant="default"
                autoFocus
                onClick={() => putBack(lifted)}
                data-testid="lift-undo"
              >
                {t("groups.members.undo")}
              </Button>
            }
          />
        ) : null}
      </div>
      {lists.length === 0 ? (
        <p className={`${classes.muted} ${classes.padded}`}>{t("groups.ofProduct.noPeople")}</p>
      ) : (
        <ListTable lists={lists} busy={limit.isPending} onChange={setAsked} onLift={lift} />
      )}
      {asked ? (
        <VersionsDialog
          contract={contract}
          product={product}
          whom={{ account: asked.account }}
          name={asked.name}
          rules={asked.versions}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </Panel>
  );
}

interface ListTableProps {
  lists: readonly PersonVersions[];
  busy: boolean;
  onChange: (list: PersonVersions) => void;
  onLift: (list: PersonVersions) => void;
}

function ListTable({ lists, busy, onChange, onLift }: ListTableProps) {
  const { t } = useTranslation();
  return (
    <StackTable
      bare
      caption={t("groups.ofProduct.people")}
      rows={lists}
      keyOf={({ account }) => account}
      columns={[
        {
          label: t("groups.members.name"),
          cell: ({ name, user_id }) => (
            <>
              <b>{name}</b>
              <span className={classes.detail}>{user_id}</span>
            </>
          ),
        },
        {
          label: t("groups.terms.versions"),
          cell: ({ versions }) => t("groups.terms.only", { rules: rulesText(versions, t) }),
        },
        {
          label: t("groups.terms.act"),
          cell: (list) => (
            <span className={classes.row}>
              <Button
                size="xs"
                variant="default"
                aria-label={t("groups.ofProduct.changeOf", { name: list.name })}
                onClick={() => onChange(list)}
              >
                {t("groups.ofProduct.change")}
              </Button>
              <Button
                size="xs"
                variant="default"
                disabled={busy}
                aria-label={t("groups.ofProduct.liftOf", { name: list.name })}
                onClick={() => onLift(list)}
                data-testid="list-lift"
              >
                {t("groups.ofProduct.lift")}
              </Button>
            </span>
          ),
        },
      ]}
    />
  );
}
