import { Button, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { InstalledView, UpdateView } from "@/api/native.gen";
import { useChannelChoice, useOffer } from "@/api/offers";
import { useUpdates } from "@/api/updates";
import { ChannelLine } from "@/components/ChannelLine";
import { FailureNotice } from "@/components/FailureNotice";
import { Facts } from "@/components/Facts";
import { Loading } from "@/components/Loading";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { Tag } from "@/components/Tag";
import { bytes } from "@/lib/format";
import { HoldControls } from "./HoldControls";
import classes from "./ManagePage.module.css";

interface UpdatePanelProps {
  installed: InstalledView;
  /** Whether something is being done with the product. */
  busy: boolean;
}

/** What is new and what it takes, and whether the product is held at its release (B-58, B-15). */
export function UpdatePanel({ installed, busy }: UpdatePanelProps) {
  const { t } = useTranslation();
  const updates = useUpdates(true);
  const channels = useChannelChoice(installed.product);
  const isWithdrawn = (useOffer(installed.product)?.withdrawn ?? null) !== null;
  const update = updates.data?.find(({ product }) => product === installed.product);
  return (
    <Panel
      title={t("manage.update")}
      aside={update?.critical ? <Tag tone="bad">{t("manage.critical")}</Tag> : null}
    >
      <div className={classes.stack}>
        {updates.isPending ? <Loading /> : null}
        {updates.error ? (
          <FailureNotice failure={updates.error} remedies={{ retry: () => void updates.refetch() }} />
        ) : null}
        {update ? <News update={update} busy={busy} /> : null}
        {updates.data && !update ? (
          <p className={classes.text}>
            {isWithdrawn ? t("manage.nothingNewer") : t("manage.upToDate", { version: installed.version })}
          </p>
        ) : null}
        <ChannelLine choice={channels} name={installed.name} busy={busy} />
        <HoldControls installed={installed} />
      </div>
    </Panel>
  );
}

/** What it takes; where something stood in the way of working that out, what is to be fetched at the most. */
function sizesOf(update: UpdateView) {
  const fetched = ["install.toFetch", update.fetch_bytes] as const;
  if (update.installed_bytes === 0) return [fetched];
  return [
    fetched,
    ["install.onDisk", update.installed_bytes],
    ["install.peak", update.peak_bytes],
    ["install.free", update.free_bytes],
  ] as const;
}

function News({ update, busy }: { update: UpdateView; busy: boolean }) {
  const { t } = useTranslation();
  const sizes = sizesOf(update);
  return (
    <>
      <div data-testid="whats-new">
        <p className={classes.text}>
          <b>{t("manage.newVersion", { version: update.to })}</b>
        </p>
        {update.news.map(({ version, text }) => (
          <p key={version} className={classes.text}>
            {update.news.length > 1 ? `${version}: ` : ""}
            {text.trim()}
          </p>
        ))}
      </div>
      {update.policy ? (
        <p className={classes.text} data-testid="company-policy">
          {update.policy.sentence}
        </p>
      ) : null}
      {update.obstacle ? (
        <Notice tone="alarm" title={update.obstacle.message}>
          {update.obstacle.advice}
        </Notice>
      ) : null}
      <Facts facts={sizes.map(([label, size]) => ({ label: t(label), value: bytes(size) }))} />
      <p className={classes.muted}>
        {t("manage.previousKept", { version: update.from })}
        {update.restart_needed ? ` ${t("install.restartNeeded")}` : ""}
      </p>
      <Group gap="xs">
        <Button
          data-testid="manage-update"
          leftSection={<Download size={16} />}
          disabled={busy || update.policy?.allows_now === false}
          renderRoot={(props) => (
            <Link to="/products/$product/install" params={{ product: update.product }} {...props} />
          )}
        >
          {t("products.installVersion", { version: update.to })}
        </Button>
      </Group>
    </>
  );
}
