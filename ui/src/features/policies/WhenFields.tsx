import { Checkbox, NativeSelect, NumberInput, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Panel } from "@/components/Panel";
import type { FieldsProps } from "./fields";
import { atCadence, cadences, days, usualAge } from "./policy-draft";
import classes from "./Policies.module.css";

/** When it installs, or that it does not. */
export function WhenFields({ draft, change, wrong }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t("policyForm.when")} lead={t("policyForm.whenLead")}>
      <Stack gap="md">
        <Checkbox
          label={t("policyForm.disabled")}
          description={t("policyForm.disabledLead")}
          checked={draft.disabled}
          onChange={(event) => change({ disabled: event.currentTarget.checked })}
          data-testid="policy-disabled"
        />
        {draft.disabled ? null : <Slot draft={draft} change={change} wrong={wrong} />}
      </Stack>
    </Panel>
  );
}

function Slot({ draft, change, wrong }: FieldsProps) {
  const { t } = useTranslation();
  const cadence = (value: string) => {
    const chosen = cadences.find((one) => one === value);
    if (chosen) change(atCadence(draft, chosen));
  };
  const day = (value: string) => {
    const chosen = days.find((one) => one === value);
    if (chosen) change({ day: chosen });
  };
  return (
    <>
      <div className={classes.slot}>
        <NativeSelect
          label={t("policyForm.cadence")}
          value={draft.cadence}
          data={cadences.map((value) => ({ value, label: t(`policyForm.cadences.${value}`) }))}
          onChange={(event) => cadence(event.currentTarget.value)}
          data-testid="policy-cadence"
        />
        <NativeSelect
          label={t("policyForm.day")}
          value={draft.day}
          data={days.map((value) => ({ value, label: t(`policies.days.${value}`) }))}
          onChange={(event) => day(event.currentTarget.value)}
          data-testid="policy-day"
        />
        <TextInput
          type="time"
          label={t("policyForm.time")}
          value={draft.time}
          error={wrong("time")}
          onChange={(event) => change({ time: event.currentTarget.value })}
          data-testid="policy-time"
        />
        <NumberInput
          label={t("policyForm.age")}
          description={t("policyForm.ageLead", { count: usualAge[draft.cadence] })}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={draft.age}
          min={0}
          allowDecimal={false}
          allowNegative={false}
          error={wrong("age")}
          onChange={(age) => change({ age })}
          data-testid="policy-age"
        />
      </div>
      <p className={classes.muted}>{t("policyForm.critical")}</p>
    </>
  );
}
