import { useState } from "react";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { Pause, Play, RotateCw, X } from "lucide-react";
import { useTranslation } from "react-i18next";
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
  const common = { size, variant: "default" } as const;
  return (
    <Group gap="xs">
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
          loading={pending === "cancel"}
          onClick={() => setAsking(true)}
        >
          {t("jobs.cancel")}
        </Button>
      ) : null}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("jobs.cancelTitle")}
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <Stack gap="sm">
          <Text size="sm">{t("jobs.cancelText", { name: job.name })}</Text>
          <Text size="sm" c="dimmed">
            {t("jobs.cancelKeep")}
          </Text>
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t("jobs.cancelBack")}
            </Button>
            <Button
              color="brick"
              data-testid="job-cancel-confirm"
              onClick={() => {
                setAsking(false);
                onAsk("cancel");
              }}
            >
              {t("jobs.cancelConfirm")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  );
}
