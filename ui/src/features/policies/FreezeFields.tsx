import { ActionIcon, Button, Stack, TextInput } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Panel } from "@/components/Panel";
import type { FieldsProps } from "./fields";
import type { FreezeDraft } from "./policy-draft";
import classes from "./Policies.module.css";

/** Days on which nothing is installed. */
export function FreezeFields({ draft: { freezes }, change, wrong }: FieldsProps) {
  const { t } = useTranslation();
  const put = (index: number, part: Partial<FreezeDraft>) =>
    change({ freezes: freezes.map((freeze, at) => (at === index ? { ...freeze, ...part } : freeze)) });
  return (
    <Panel title={t("policyForm.freezes")} lead={t("policyForm.freezesLead")}>
      <Stack gap="sm" align="flex-start">
        <ul className={classes.rows} data-testid="policy-freezes">
          {freezes.map((freeze, index) => (
            // Freezes have no name but their place; their fields keep nothing of their own.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index} className={classes.freeze}>
              <TextInput
                type="date"
                label={t("policyForm.freezeFrom")}
                value={freeze.from}
                onChange={(event) => put(index, { from: event.currentTarget.value })}
                data-testid={`freeze-from-${index}`}
              />
              <TextInput
                type="date"
                label={t("policyForm.freezeTo")}
                value={freeze.to}
                error={wrong(`freeze-${index}`)}
                onChange={(event) => put(index, { to: event.currentTarget.value })}
                data-testid={`freeze-to-${index}`}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                className={classes.besideLabel}
                aria-label={t("policyForm.freezeRemove", { number: index + 1 })}
                onClick={() => change({ freezes: freezes.toSpliced(index, 1) })}
              >
                <X size={16} />
              </ActionIcon>
            </li>
          ))}
        </ul>
        <Button
          variant="default"
          leftSection={<Plus size={16} />}
          onClick={() => change({ freezes: [...freezes, { from: "", to: "" }] })}
          data-testid="freeze-add"
        >
          {t("policyForm.freezeAdd")}
        </Button>
      </Stack>
    </Panel>
  );
}
