import { useState } from "react";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PersonVersions } from "@/api/groups";
import { useContractPeople, useLimitVersions } from "@/api/groups-queries";
import { StackTable } from "@/components/StackTable";
import { rulesText } from "@/lib/rules-text";
import { PeoplePanel, type LastChange } from "./PeoplePanel";
import { VersionsDialog } from "./VersionsDialog";
import type { Named } from "./place";
import classes from "./Groups.module.css";

interface OwnListsProps {
  contract: string;
  product: Named;
  lists: readonly PersonVersions[];
}

/** A list that was lifted last, or put back. */
interface Done {
  readonly list: PersonVersions;
  readonly lifted: boolean;
}

/** People with a list of their own: more are found by search, and a list that was lifted can be put back at once. */
export function OwnLists({ contract, product, lists }: OwnListsProps) {
  const { t } = useTranslation();
  const people = useContractPeople(contract);
  const limit = useLimitVersions(contract, product.id);
  const [asked, setAsked] = useState<{ account: string; name: string; versions: string[] | null } | null>(
    null,
  );
  const [done, setDone] = useState<Done | null>(null);
  const put = (list: PersonVersions, lifted: boolean) =>
    limit.mutate(
      { whom: { account: list.account }, versions: lifted ? null : list.versions },
      { onSuccess: () => setDone({ list, lifted }) },
    );
  const last = ({ list, lifted }: Done): LastChange => ({
    id: `${list.account} ${lifted}`,
    title: t(lifted ? "groups.ofProduct.lifted" : "groups.ofProduct.putBack", { name: list.name }),
    focused: true,
    onUndo: () => put(list, !lifted),
  });
  const without = people.data?.filter(({ account }) => !lists.some((list) => list.account === account)) ?? [];
  return (
    <PeoplePanel
      title={t("groups.ofProduct.people")}
      lead={t("groups.ofProduct.peopleLead")}
      label={t("groups.ofProduct.limit")}
      people={people}
      offered={without}
      onPerson={({ account, name }) => setAsked({ account, name, versions: null })}
      failure={limit.error}
      last={done ? last(done) : null}
    >
      {lists.length === 0 ? (
        <p className={`${classes.muted} ${classes.padded}`}>{t("groups.ofProduct.noPeople")}</p>
      ) : (
        <ListTable
          lists={lists}
          busy={limit.isPending}
          onChange={setAsked}
          onLift={(list) => put(list, true)}
        />
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
    </PeoplePanel>
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
