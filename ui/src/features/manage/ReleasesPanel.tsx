import { useTranslation } from "react-i18next";
import { useRollBack } from "@/api/actions";
import type { InstalledView } from "@/api/native.gen";
import { useOffer } from "@/api/offers";
import { FailureNotice } from "@/components/FailureNotice";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { ReleaseRow } from "./ReleaseRow";
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
  const takenBack = useOffer(installed.product)?.taken_back ?? [];
  const goneOf = (version: string) => takenBack.find((one) => one.version === version) ?? null;
  const canGoBack = releases.some(({ version, standing }) => standing !== "current" && !goneOf(version));
  return (
    <Panel title={t("manage.releases")} lead={t("manage.releasesLead")}>
      {fails_to_start && canGoBack ? (
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
          <ReleaseRow
            key={release.version}
            installed={installed}
            release={release}
            gone={goneOf(release.version)}
            busy={busy}
            switching={back.isPending && back.variables === release.version}
            onSwitch={() => back.mutate(release.version)}
          />
        ))}
      </ul>
    </Panel>
  );
}
