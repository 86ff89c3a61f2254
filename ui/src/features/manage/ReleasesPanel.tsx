import { Button } from "@mantine/core";
import { Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useRollBack } from "@/api/actions";
import type { InstalledView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { Tag } from "@/components/Tag";
import { bytes, date } from "@/lib/format";
import classes from "./ManagePage.module.css";

interface ReleasesPanelProps {
  installed: InstalledView;
  busy: boolean;
}

/** The releases that are there side by side; any of them can be the current one at once (B-19, B-20). */
export function ReleasesPanel({ installed, busy }: ReleasesPanelProps) {
  const { t } = useTranslation();
  const back = useRollBack(installed.product);
  const { releases, fails_to_start } = installed;
  return (
    <Panel title={t("manage.releases")} lead={t("manage.releasesLead")}>
      {fails_to_start && releases.length > 1 ? (
        <Notice
          tone="warn"
          title={t("manage.failsToStart", { version: installed.version })}
          urgent
          className={classes.warning}
        />
      ) : null}
      {back.error ? <FailureNotice failure={back.error} /> : null}
      <ul className={classes.rows}>
        {releases.map((release) => (
          <li key={release.version}>
            <span className={classes.name}>
              {release.version}
              {release.standing === "kept" ? null : (
                <Tag tone={release.standing === "current" ? "ok" : "plain"}>
                  {t(`manage.standing.${release.standing}`)}
                </Tag>
              )}
            </span>
            <span className={classes.figure}>
              {t("manage.installedOn", { date: date(release.installed_at) })} ·{" "}
              {bytes(release.installed_bytes)}
            </span>
            {release.standing === "current" ? null : (
              <Button
                size="xs"
                variant="default"
                data-testid={`roll-back-${release.version}`}
                leftSection={<Undo2 size={14} />}
                disabled={busy}
                loading={back.isPending && back.variables === release.version}
                onClick={() => back.mutate(release.version)}
              >
                {t("manage.switchTo", { version: release.version })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
