import { Button, Group } from "@mantine/core";
import { Pause, Play } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useQueueRequest } from "@/api/actions";
import type { JobView } from "@/api/native.gen";

const going: ReadonlySet<JobView["state"]> = new Set(["queued", "checking", "downloading", "waiting"]);

/** Pauses or resumes everything at once, as far as there is something to pause or to resume. */
export function QueueControls({ jobs }: { jobs: readonly JobView[] }) {
  const { t } = useTranslation();
  const request = useQueueRequest();
  const pending = request.isPending ? request.variables : null;
  return (
    <Group gap="xs">
      {jobs.some(({ state }) => going.has(state)) ? (
        <Button
          variant="default"
          data-testid="jobs-pause-all"
          leftSection={<Pause size={16} />}
          loading={pending === "pause"}
          onClick={() => request.mutate("pause")}
        >
          {t("jobs.pauseAll")}
        </Button>
      ) : null}
      {jobs.some(({ state }) => state === "paused") ? (
        <Button
          variant="default"
          data-testid="jobs-resume-all"
          leftSection={<Play size={16} />}
          loading={pending === "resume"}
          onClick={() => request.mutate("resume")}
        >
          {t("jobs.resumeAll")}
        </Button>
      ) : null}
    </Group>
  );
}
