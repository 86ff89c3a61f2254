import { useState } from "react";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ContractPerson, Group } from "@/api/groups";
import { useContractPeople, useMembership } from "@/api/groups-queries";
import { StackTable } from "@/components/StackTable";
import { PeoplePanel, type LastChange } from "./PeoplePanel";
import classes from "./Groups.module.css";

/** What was done to a person last. */
interface Done {
  readonly person: ContractPerson;
  readonly member: boolean;
  readonly undone: boolean;
}

/** The people of a group: more are found by search, and who was removed can be put back at once. */
export function Members({ contract, group }: { contract: string; group: Group }) {
  const { t } = useTranslation();
  const people = useContractPeople(contract);
  const change = useMembership(contract, group.group);
  const [done, setDone] = useState<Done | null>(null);
  const put = (person: ContractPerson, member: boolean, undone = false) =>
    change.mutate(
      { account: person.account, member },
      { onSuccess: () => setDone({ person, member, undone }) },
    );
  const last = ({ person, member, undone }: Done): LastChange => ({
    id: `${person.account} ${member}`,
    title: t(member ? "groups.members.added" : "groups.members.removed", {
      name: person.name,
      group: group.name,
    }),
    focused: !member || undone,
    onUndo: () => put(person, !member, true),
  });
  const isIn = ({ groups }: ContractPerson) => groups.includes(group.group);
  const inIt = people.data?.filter(isIn) ?? [];
  return (
    <PeoplePanel
      title={t("groups.members.title")}
      lead={t("groups.members.lead")}
      label={t("groups.members.add")}
      people={people}
      offered={people.data?.filter((person) => !isIn(person)) ?? []}
      onPerson={(person) => put(person, true)}
      nobody={t("groups.members.everybody")}
      failure={change.error}
      last={done ? last(done) : null}
    >
      {people.data && inIt.length === 0 ? (
        <p className={`${classes.muted} ${classes.padded}`}>{t("groups.members.none")}</p>
      ) : null}
      {inIt.length > 0 ? (
        <MemberTable people={inIt} busy={change.isPending} onRemove={(person) => put(person, false)} />
      ) : null}
    </PeoplePanel>
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
