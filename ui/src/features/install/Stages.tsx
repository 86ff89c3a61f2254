import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { JobState } from "@/api/native.gen";
import classes from "./Stages.module.css";

const stages = ["check", "download", "install", "done"] as const;

const reached: Record<JobState, number> = {
  queued: 0,
  checking: 0,
  downloading: 1,
  pausing: 1,
  paused: 1,
  waiting: 1,
  committing: 2,
  failed: 1,
  cancelled: 1,
  rolled_back: 1,
  done: 4,
};

interface StagesProps {
  state: JobState;
  /** Whether everything is here, and only its time has not come. */
  later: boolean;
}

/** Where a job is on its way. */
export function Stages({ state, later }: StagesProps) {
  const { t } = useTranslation();
  const at = later ? reached.committing : reached[state];
  return (
    <ol className={classes.stages}>
      {stages.map((stage, index) => (
        <li
          key={stage}
          data-past={index < at || undefined}
          data-here={index === at || undefined}
          aria-current={index === at ? "step" : undefined}
        >
          <span className={classes.dot} aria-hidden="true">
            {index < at ? <Check size={12} strokeWidth={3} /> : null}
          </span>
          {t(`jobs.stages.${stage}`)}
        </li>
      ))}
    </ol>
  );
}
