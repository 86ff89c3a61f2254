import { Stack, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "@tanstack/react-router";
import { useDecideFacts, useFactsSetting } from "@/api/readiness-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Panel } from "@/components/Panel";
import { moment } from "@/lib/format";
import classes from "./Readiness.module.css";

/** Whether the organisation collects the facts of computers that use Toolcrib; the devices page shows them. */
export function FactsPanel() {
  const { t } = useTranslation();
  const setting = useFactsSetting();
  const decide = useDecideFacts();
  const on = setting.data?.collected ?? false;
  const failure = decide.error ?? setting.error;
  return (
    <Panel title={t("readinessFacts.title")} lead={t("readinessFacts.lead")}>
      <Stack gap="md">
        {failure ? (
          <FailureNotice failure={failure} remedies={{ retry: () => void setting.refetch() }} />
        ) : null}
        <Switch
          label={t("readinessFacts.collect")}
          description={
            on && setting.data?.changed_at
              ? t("readinessFacts.collected", {
                  name: setting.data.changed_by ?? "",
                  when: moment(setting.data.changed_at),
                })
              : t("readinessFacts.off")
          }
          checked={on}
          disabled={setting.isPending || decide.isPending}
          onChange={(event) => decide.mutate(event.currentTarget.checked)}
          data-testid="facts-switch"
        />
        {on ? (
          <p className={classes.muted}>
            <Link to="/devices">{t("readinessFacts.where")}</Link>
          </p>
        ) : null}
      </Stack>
    </Panel>
  );
}
