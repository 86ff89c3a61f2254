import { useState } from "react";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ContractPerson, Group } from "@/api/groups";
import { useContractPeople, useMembership } from "@/api/groups-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { StackTable } from "@/components/StackTable";
import { PersonField } from "./PersonField";
import classes from "./Groups.module.css";

/** The people of a group: more are found by search, and who was removed can be put back at once. */
export function Members({ contract, group }: { contract: string; group: Group }) {
  const { t } = useTranslation();
  const people = useContractPeople(contract);
  const change = useMembership(contract, group.group);
  const [last, setLast] = useState<{ person: ContractPerson; member: boolean } | null>(null);
  const put = (person: ContractPerson, member: boolean) =>
    change.mutate({ account: person.account, member }, { onSuccess: () => setLast({ person, member }) });
  const inIt = people.data?.filter(({ groups }) => groups.includes(group.group)) ?? [];
  const others = people.data?.filter(({ groups }) => !groups.includes(group.group)) ?? [];
  return (
    <Panel flush title={t("groups.members.title")} lead={t("groups.members.lead")}>
      <div className={classes.bar}>
        <PersonField
          label={t("groups.members.add")}
          people={others}
          disabled={!people.data}
          onPerson={(person) => put(person, true)}
        />
        {people.data && others.length === 0 ? (
          <p className={classes.muted}>{t("groups.members.everybody")}</p>
        ) : null}
      </div>
      {people.isPending ? <Loading /> : null}
      {people.error ? (
        <FailureNotice
          className={classes.change}
          failure={people.error}
          remedies={{ retry: () => void people.refetch() }}
        />
      ) : null}
      {change.error ? <FailureNotice className={classes.change} failure={change.error} /> : null}
      <div role="status" aria-label={t("groups.members.title")}>
        {last ? (
          <Change
            key={`${last.person.account} ${last.member}`}
            last={last}
            group={group.name}
            onUndo={() => put(last.person, !last.member)}
          />
        ) : null}
      </div>
      {people.data && inIt.length === 0 ? (
        <p className={`${classes.muted} ${classes.padded}`}>{t("groups.members.none")}</p>
      ) : null}
      {inIt.length > 0 ? (
        <MemberTable people={inIt} busy={change.isPending} onRemove={(person) => put(person, false)} />
      ) : null}
    </Panel>
  );
}

interface ChangeProps {
  last: { person: ContractPerson; member: boolean };
  group: string;
  onUndo: () => void;
}

/** What was done last, and the way back; after a removal the focus goes there, for its own place is gone. */
function Change({ last: { person, member }, group, onUndo }: ChangeProps) {
  const { t } = useTranslation();
  const { name } = person;
  return (
    <Notice
      tone="info"
      className={classes.change}
      title={t(member ? "groups.members.added" : "groups.members.removed", { name, group })}
      action={
        <Button size="xs" variant="default" autoFocus={!member} onClick={onUndo} data-testid="member-undo">
          {t("groups.members.undo")}
        </Button>
      }
    />
  );
}

interface MemberTableProps {
  people: readonly ContractPerson[];
  busy: boolean;
  onRemove: (person: ContractPerson) => void;
}

function MemberTable({ people, busy, onRemove }: MemberTableProps) {
  const { t } = useTranslation();
  return (
    <StackTable
      bare
      caption={t("groups.members.title")}
      rows={people}
      keyOf={({ account }) => account}
      columns={[
        { label: t("groups.members.name"), cell: ({ name }) => <b>{name}</b> },
        { label: t("groups.members.userId"), cell: ({ user_id }) => user_id },
        {
          label: t("groups.members.roles"),
          cell: ({ roles }) => roles.map((role) => t(`common.role.${role}`)).join(", "),
        },
        {
          label: t("groups.members.act"),
          cell: (person) => (
            <Button
              size="xs"
              variant="default"
              disabled={busy}
              aria-label={t("groups.members.removeOf", { name: person.name })}
              onClick={() => onRemove(person)}
              data-testid="member-remove"
            >
              {t("groups.members.remove")}
            </Button>
          ),
        },
      ]}
    />
  );
}
