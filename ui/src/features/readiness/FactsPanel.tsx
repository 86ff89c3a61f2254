import { Stack, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DeviceFacts } from "@/api/readiness";
import { useDecideFacts, useDeviceFacts, useFactsSetting } from "@/api/readiness-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Panel } from "@/components/Panel";
import { StackTable } from "@/components/StackTable";
import { moment, relative } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { factIn } from "./facts";
import classes from "./Readiness.module.css";

/** Whether the organisation collects the facts of computers that use Toolcrib, and those facts. */
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
        {on ? <Told /> : null}
      </Stack>
    </Panel>
  );
}

function Told() {
  const { t } = useTranslation();
  const now = useNow();
  const devices = useDeviceFacts(true);
  const value = (name: string) => (device: DeviceFacts) => factIn(device.facts, name, t);
  if (devices.error) return <FailureNotice failure={devices.error} />;
  if (!devices.data) return null;
  if (devices.data.length === 0) return <p className={classes.muted}>{t("readinessFacts.none")}</p>;
  return (
    <StackTable
      bare
      compact
      caption={t("readinessFacts.title")}
      rows={devices.data}
      keyOf={({ device }) => device}
      columns={[
        { label: t("readinessFacts.computer"), cell: ({ name }) => name },
        { label: t("readinessFacts.person"), cell: ({ user_name }) => user_name },
        { label: t("readinessFacts.system"), cell: value("os.name") },
        { label: t("readinessFacts.memory"), cell: value("memory.total_bytes") },
        { label: t("readinessFacts.disk"), cell: value("disk.free_bytes") },
        { label: t("readinessFacts.told"), cell: ({ received_at }) => relative(received_at, now) },
      ]}
    />
  );
}
