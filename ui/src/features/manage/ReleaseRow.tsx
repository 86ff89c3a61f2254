import { Button, Group } from "@mantine/core";
import { Pin, PinOff, Play, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { usePin } from "@/api/actions";
import { useLaunch } from "@/api/launch";
import type { InstalledView, ReleaseView, TakenBackView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import { Tag } from "@/components/Tag";
import { bytes, date } from "@/lib/format";
import classes from "./ManagePage.module.css";

interface ReleaseRowProps {
  installed: InstalledView;
  release: ReleaseView;
  /** What is said of it where its vendor took it back: it is not offered then. */
  gone: TakenBackView | null;
  busy: boolean;
  /** Whether it is just being switched to. */
  switching: boolean;
  onSwitch: () => void;
}

/** A release that is here, and what can be done with it: kept, started, made the current one (B-19, B-20). */
export function ReleaseRow({ installed, release, gone, busy, switching, onSwitch }: ReleaseRowProps) {
  const { t } = useTranslation();
  const { version, standing, pinned } = release;
  const pin = usePin(installed.product, version);
  const launch = useLaunch(installed.product, version);
  const failure = pin.error ?? launch.error;
  const others = standing !== "current";
  return (
    <li>
      <span className={classes.name}>
        {version}
        {standing === "kept" ? null : (
          <Tag tone={standing === "current" ? "ok" : "plain"}>{t(`manage.standing.${standing}`)}</Tag>
        )}
        {gone ? <Tag tone="bad">{t("withdrawn.tag")}</Tag> : null}
        {pinned ? <Tag tone="plain">{t("manage.stays")}</Tag> : null}
      </span>
      <span className={classes.figure}>
        {t("manage.installedOn", { date: date(release.installed_at) })} · {bytes(release.installed_bytes)}
      </span>
      <Group gap="xs">
        <Button
          size="xs"
          variant="subtle"
          data-testid={`pin-${version}`}
          aria-label={t(pinned ? "manage.letGoNamed" : "manage.keepNamed", { version })}
          leftSection={pinned ? <PinOff size={14} /> : <Pin size={14} />}
          disabled={busy}
          loading={pin.isPending}
          onClick={() => pin.mutate(!pinned)}
        >
          {t(pinned ? "manage.letGo" : "manage.keep")}
        </Button>
        {others && installed.launchable ? (
          <Button
            size="xs"
            variant="default"
            data-testid={`launch-${version}`}
            leftSection={<Play size={14} />}
            disabled={busy}
            loading={launch.isPending}
            onClick={() => launch.mutate()}
          >
            {t("manage.launchNamed", { version })}
          </Button>
        ) : null}
        {others && !gone ? (
          <Button
            size="xs"
            variant="default"
            data-testid={`roll-back-${version}`}
            leftSection={<Undo2 size={14} />}
            disabled={busy}
            loading={switching}
            onClick={onSwitch}
          >
            {t("manage.switchTo", { version })}
          </Button>
        ) : null}
      </Group>
      {gone && others ? <p className={classes.gone}>{gone.sentence}</p> : null}
      {failure ? <FailureNotice failure={failure} /> : null}
    </li>
  );
}
