import { ActionIcon, Button, NativeSelect, NumberInput, Stack } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Group } from "@/api/groups";
import { Panel } from "@/components/Panel";
import type { FieldsProps } from "./fields";
import type { RingDraft } from "./policy-draft";
import classes from "./Policies.module.css";

/** How much longer the next ring waits than the one before, unless somebody says otherwise. */
const usualStep = 7;

/** Groups that get releases one after the other. */
export function RingFields({ groups, draft, change, wrong }: FieldsProps & { groups: readonly Group[] }) {
  const { t } = useTranslation();
  const { rings } = draft;
  const put = (index: number, part: Partial<RingDraft>) =>
    change({ rings: rings.map((ring, at) => (at === index ? { ...ring, ...part } : ring)) });
  const last = rings.at(-1);
  const add = () =>
    change({ rings: [...rings, { group: "", delay: last ? Number(last.delay) + usualStep : 0 }] });
  return (
    <Panel title={t("policyForm.rings")} lead={t("policyForm.ringsLead")}>
      <Stack gap="sm" align="flex-start">
        <ol className={classes.rows} data-testid="policy-rings">
          {rings.map((ring, index) => (
            // Rings have no name but their place; their fields keep nothing of their own.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index} className={classes.ring}>
              <NativeSelect
                aria-label={t("policyForm.ringGroup", { number: index + 1 })}
                value={ring.group}
                data={[
                  { value: "", label: t("policyForm.ringChoose") },
                  ...groups.map(({ group, name }) => ({ value: group, label: name })),
                ]}
                error={wrong(`ring-${index}`)}
                onChange={(event) => put(index, { group: event.currentTarget.value })}
                data-testid={`ring-group-${index}`}
              />
              <NumberInput
                aria-label={t("policyForm.ringDelay", { number: index + 1 })}
                value={ring.delay}
                min={0}
                allowDecimal={false}
                allowNegative={false}
                suffix={t("policyForm.ringSuffix")}
                onChange={(delay) => put(index, { delay })}
                data-testid={`ring-delay-${index}`}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t("policyForm.ringRemove", { number: index + 1 })}
                onClick={() => change({ rings: rings.toSpliced(index, 1) })}
              >
                <X size={16} />
              </ActionIcon>
            </li>
          ))}
        </ol>
        {groups.length === 0 ? <p className={classes.muted}>{t("policyForm.ringsNoGroups")}</p> : null}
        <Button
          variant="default"
          leftSection={<Plus size={16} />}
          disabled={rings.length >= groups.length}
          onClick={add}
          data-testid="ring-add"
        >
          {t("policyForm.ringAdd")}
        </Button>
      </Stack>
    </Panel>
  );
}
