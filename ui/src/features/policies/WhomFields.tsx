import { Checkbox, MultiSelect, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ContractPerson, Group } from "@/api/groups";
import { Panel } from "@/components/Panel";
import type { FieldsProps } from "./fields";
import { toggled } from "./toggled";
import classes from "./Policies.module.css";

interface WhomFieldsProps extends FieldsProps {
  contract: string;
  groups: readonly Group[];
  people: readonly ContractPerson[];
}

/** More people than these are found by typing more of a name. */
const mostOffered = 20;

/** The groups and people that it is for. */
export function WhomFields({ contract, groups, people, draft, change, wrong }: WhomFieldsProps) {
  const { t } = useTranslation();
  const offered = people.map(({ account, name, user_id }) => ({
    value: account,
    label: `${name} (${user_id})`,
  }));
  // Somebody who has left the contract stays in sight, so that they can be taken out.
  const left = draft.people.filter((account) => !people.some((person) => person.account === account));
  return (
    <Panel title={t("policyForm.whom")} lead={t("policyForm.whomLead")}>
      <Stack gap="md">
        <fieldset className={classes.group}>
          <legend className={classes.legend}>{t("policyForm.groups")}</legend>
          {groups.length === 0 ? (
            <p className={classes.muted}>
              {t("policyForm.noGroups")}{" "}
              <Link
                to="/groups"
                search={{ contract }}
                className={classes.link}
                data-testid="policy-to-groups"
              >
                {t("policies.toGroups")}
              </Link>
            </p>
          ) : null}
          <div className={classes.choices}>
            {groups.map(({ group, name, member_count: count }) => (
              <Checkbox
                key={group}
                label={name}
                description={t("policyForm.members", { count })}
                checked={draft.groups.includes(group)}
                onChange={() => change({ groups: toggled(draft.groups, group) })}
                data-testid={`policy-group-${group}`}
              />
            ))}
          </div>
        </fieldset>
        <MultiSelect
          label={t("policyForm.people")}
          placeholder={t("policyForm.peoplePlaceholder")}
          nothingFoundMessage={t("policyForm.peopleNone")}
          data={[...offered, ...left.map((value) => ({ value, label: t("policyForm.leftPerson") }))]}
          limit={mostOffered}
          searchable
          hidePickedOptions
          value={[...draft.people]}
          onChange={(chosen) => change({ people: chosen })}
          data-testid="policy-people"
        />
        {wrong("whom") ? <p className={classes.hint}>{wrong("whom")}</p> : null}
      </Stack>
    </Panel>
  );
}
