import { useState } from "react";
import { Button, Group } from "@mantine/core";
import { Pause, Play, RotateCw, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { CancelDialog } from "./CancelDialog";
import type { JobAsk, JobFacts, JobStateName } from "./job-facts";

interface JobControlsProps {
  job: JobFacts;
  /** The request that is under way, if any. */
  pending: JobAsk | null;
  onAsk: (ask: JobAsk) => void;
  size?: "sm" | "xs";
}

const pausable: ReadonlySet<JobStateName> = new Set(["queued", "checking", "downloading", "waiting"]);
const cancellable: ReadonlySet<JobStateName> = new Set([...pausable, "pausing", "paused"]);

/** Pause, resume, cancel and try again, as far as the job's state allows them. */
export function JobControls({ job, pending, onAsk, size = "sm" }: JobControlsProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const later = job.not_before !== null && (job.state === "waiting" || job.state === "paused");
  const common = { size, variant: "default" } as const;
  return (
    <Group gap="xs">
      {later || job.asks_metered ? (
        <Button
          size={size}
          data-testid="job-hurry"
          leftSection={<Play size={16} />}
          loading={pending === "hurry"}
          onClick={() => onAsk("hurry")}
        >
          {t(later ? "jobs.installNow" : "install.meteredAnyway")}
        </Button>
      ) : null}
      {pausable.has(job.state) || job.state === "pausing" ? (
        <Button
          {...common}
          data-testid="job-pause"
          leftSection={<Pause size={16} />}
          disabled={job.state === "pausing"}
          loading={pending === "pause"}
          onClick={() => onAsk("pause")}
        >
          {t("jobs.pause")}
        </Button>
      ) : null}
      {job.state === "paused" || job.state === "failed" ? (
        <Button
          size={size}
          variant={later ? "default" : "filled"}
          data-testid="job-resume"
          leftSection={job.state === "paused" ? <Play size={16} /> : <RotateCw size={16} />}
          loading={pending === "resume"}
          onClick={() => onAsk("resume")}
        >
          {t(job.state === "paused" ? "jobs.resume" : "jobs.again")}
        </Button>
      ) : null}
      {cancellable.has(job.state) ? (
        <Button
          {...common}
          variant="subtle"
          data-testid="job-cancel"
          leftSection={<X size={16} />}
          loading={pending === "cancel" || pending === "cancel_and_keep"}
          onClick={() => setAsking(true)}
        >
          {t("jobs.cancel")}
        </Button>
      ) : null}
      <CancelDialog
        name={job.name}
        held={job.progress.fetched_bytes}
        opened={asking}
        onClose={() => setAsking(false)}
        onAsk={(ask) => {
          setAsking(false);
          onAsk(ask);
        }}
      />
    </Group>
  );
}
