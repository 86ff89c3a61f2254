import { useTranslation } from "react-i18next";
import { moment, percent } from "@/lib/format";
import type { JobFacts } from "./job-facts";

/** The stage of a job in words. */
export function useStage(): (job: JobFacts) => string {
  const { t } = useTranslation();
  return (job) => {
    if (job.kind === "uninstall" && job.state === "committing") return t("jobs.removing");
    if (job.kind === "uninstall" && job.state === "done") return t("jobs.removed");
    if (job.kind === "repair" && job.state === "downloading") return t("jobs.repairing");
    if (job.kind === "move" && job.state === "downloading") return t("jobs.moving");
    if (job.kind !== "install" && job.kind !== "update" && job.state === "committing")
      return t("jobs.putting");
    if (job.state === "waiting" && job.not_before)
      return t("jobs.waitsUntil", { time: moment(job.not_before) });
    if (job.state === "waiting" && job.waits_for) return t(`jobs.waitsFor.${job.waits_for}`);
    const state = t(`jobs.state.${job.state}`);
    if (job.state === "pausing" && job.progress.task) {
      return `${state}: ${t("jobs.pausingTask", { task: job.progress.task })}`;
    }
    return state;
  };
}

/** How much of a job is done, in percent; 100 only when it has ended well. */
export function jobPercent(job: JobFacts): number {
  return job.state === "done" ? 100 : percent(job.progress.done_bytes, job.progress.total_bytes);
}
