import { useTranslation } from "react-i18next";
import { bytes, rate, remaining } from "@/lib/format";
import type { JobFacts } from "./job-facts";
import { ProgressBar } from "./ProgressBar";
import { jobPercent, useStage } from "./use-stage";
import classes from "./JobProgress.module.css";

interface JobProgressProps {
  job: JobFacts;
  size?: "large" | "small";
}

/** How far a job is: stage, percent, one bar, amount, rate, remaining time, the task at hand (S-130 to S-132). */
export function JobProgress({ job, size = "large" }: JobProgressProps) {
  const { t } = useTranslation();
  const stage = useStage()(job);
  const value = jobPercent(job);
  const figures = useFigures(job);
  const cause = causeOf(job);
  const running = job.state === "downloading" || job.state === "committing" || job.state === "checking";
  return (
    <div className={classes.progress} data-size={size}>
      <div className={classes.head}>
        <span className={classes.stage} aria-live="polite">
          {stage}
        </span>
        <span className={classes.percent}>{value} %</span>
      </div>
      <ProgressBar
        value={value}
        state={job.state}
        size={size}
        testId="job-progress"
        label={t("jobs.progressLabel", { name: job.name })}
        valueText={t("jobs.progressText", { stage, percent: value })}
      />
      {cause && figures.length === 0 ? null : (
        <div className={classes.figures}>
          {figures.map((figure) => (
            <span key={figure}>{figure}</span>
          ))}
        </div>
      )}
      {cause ? (
        <p className={classes.cause} data-testid="job-cause" aria-live="polite">
          {cause}
        </p>
      ) : null}
      {job.state === "waiting" && job.not_before ? (
        <p className={classes.hint}>{t("jobs.waitsHint")}</p>
      ) : null}
      {job.waits_for === "disk" || job.waits_for === "app_open" ? (
        <p className={classes.hint}>{t("jobs.goesOnHint")}</p>
      ) : null}
      {running && job.progress.growth ? (
        <p className={classes.hint} data-testid="job-growth">
          {job.progress.growth}.
        </p>
      ) : null}
      {job.asks_metered ? <p className={classes.hint}>{t("jobs.meteredHint")}</p> : null}
      {size === "large" && running ? (
        <p className={classes.task} title={job.progress.task}>
          {job.progress.task}
        </p>
      ) : null}
    </div>
  );
}

/** The states in which something is done that may stand still. */
const WORKS: ReadonlySet<JobFacts["state"]> = new Set(["checking", "downloading", "pausing", "committing"]);

/** Why nothing moves, as a sentence; what the stage says already is not said again. */
function causeOf({ state, reason, progress, not_before }: JobFacts): string | null {
  if (state === "waiting" && not_before) return null;
  if (WORKS.has(state) && progress.waiting_for) return progress.waiting_for;
  const stands = state === "queued" || state === "waiting" || state === "paused";
  return stands && reason ? reason.charAt(0).toUpperCase() + reason.slice(1) : null;
}

function useFigures(job: JobFacts): string[] {
  const { t } = useTranslation();
  const { done_bytes, total_bytes, rate_bytes_per_s, remaining_s, limit_bytes_per_s, peer_count } =
    job.progress;
  if (total_bytes === 0) return [];
  const amount = t("jobs.amount", { done: bytes(done_bytes), total: bytes(total_bytes) });
  if (job.state !== "downloading" && job.state !== "committing") return [amount];
  const left = remaining_s === null ? null : remaining(remaining_s);
  const time = left ? t(`jobs.remaining.${left.unit}`, { count: left.count }) : t("jobs.remaining.unknown");
  const limit = limit_bytes_per_s === null ? [] : [t("jobs.atMost", { rate: rate(limit_bytes_per_s) })];
  const peers = peer_count > 0 ? [t("jobs.fromPeers", { count: peer_count })] : [];
  return [amount, ...(rate_bytes_per_s > 0 ? [rate(rate_bytes_per_s)] : []), ...peers, ...limit, time];
}
