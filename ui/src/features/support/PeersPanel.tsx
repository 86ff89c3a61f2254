import { Stack, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { usePeers, useSetPeers } from "@/api/fetching";
import { FailureNotice } from "@/components/FailureNotice";
import { Panel } from "@/components/Panel";
import { bytes } from "@/lib/format";
import classes from "./LimitPanel.module.css";

/** Whether this computer and others of its network give each other what they have (B-04, S-123). */
export function PeersPanel() {
  const { t } = useTranslation();
  const peers = usePeers();
  const set = useSetPeers();
  const failure = set.error ?? peers.error;
  const view = peers.data;
  const facts = [
    ...(view?.by_policy ? [t("peers.decided")] : []),
    ...(view?.on && view.giving ? [t("peers.giving")] : []),
    ...(view && view.received_bytes > 0 ? [t("peers.received", { size: bytes(view.received_bytes) })] : []),
  ];
  return (
    <Panel title={t("peers.title")} lead={t("peers.lead")}>
      <Stack gap="md">
        {failure ? (
          <FailureNotice failure={failure} remedies={{ retry: () => void peers.refetch() }} />
        ) : null}
        <Switch
          label={t("peers.switch")}
          description={t("peers.why")}
          checked={view?.on ?? false}
          disabled={!view || view.by_policy || set.isPending}
          onChange={(event) => set.mutate(event.currentTarget.checked)}
          data-testid="peers-switch"
        />
        {facts.map((fact) => (
          <p key={fact} className={classes.now} aria-live="polite">
            {fact}
          </p>
        ))}
      </Stack>
    </Panel>
  );
}
