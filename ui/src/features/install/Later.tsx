import { Checkbox, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { isTime, usualTime } from "./next-time";
import classes from "./PlanSummary.module.css";

interface LaterProps {
  /** A time such as `22:00`; null for at once. */
  time: string | null;
  onTime: (time: string | null) => void;
}

/** Fetched now and installed at a time that the person names (B-12). */
export function Later({ time, onTime }: LaterProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.later}>
      <Checkbox
        data-testid="plan-later"
        checked={time !== null}
        onChange={(event) => onTime(event.currentTarget.checked ? usualTime : null)}
        label={t("install.later")}
      />
      {time === null ? null : (
        <TextInput
          type="time"
          mt="xs"
          label={t("install.laterAt")}
          description={t("install.laterHint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          data-testid="plan-later-at"
          value={time}
          error={isTime(time) ? null : t("install.laterMissing")}
          onChange={(event) => onTime(event.currentTarget.value)}
        />
      )}
    </div>
  );
}
