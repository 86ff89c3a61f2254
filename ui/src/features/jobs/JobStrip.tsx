import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { inQueueOrder, useFeed } from "@/api/feed";
import { ProgressBar } from "@/components/ProgressBar";
import { jobPercent, useStage } from "@/components/use-stage";
import classes from "./JobStrip.module.css";

/** The running jobs in one line below every page but the ones that show them anyway. */
export function JobStrip({ path }: { path: string }) {
  const { t } = useTranslation();
  const stage = useStage();
  const active = inQueueOrder(useFeed().jobs);
  const first = active.find(({ state }) => state !== "queued" && state !== "paused") ?? active[0];
  if (!first || path.startsWith("/jobs") || /\/(install|download)$/.test(path)) return null;
  const value = jobPercent(first);
  return (
    <aside className={classes.strip} aria-label={t("shell.jobs")} data-testid="job-strip">
      <p className={classes.words}>
        <b>{first.name}</b>
        <span>{stage(first)}</span>
      </p>
      <div className={classes.bar}>
        <ProgressBar
          value={value}
          state={first.state}
          size="small"
          label={t("jobs.progressLabel", { name: first.name })}
          valueText={t("jobs.progressText", { stage: stage(first), percent: value })}
        />
      </div>
      <span className={classes.percent}>{value} %</span>
      <Link to="/jobs" className={classes.link}>
        {active.length > 1 ? t("shell.activeJobs", { count: active.length }) : t("shell.openJob")}
      </Link>
    </aside>
  );
}
