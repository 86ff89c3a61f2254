import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { CircleCheck, CircleSlash, CircleX, RotateCw, Undo2, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useJobRequest } from "@/api/actions";
import type { JobView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import { LeftReport } from "@/components/LeftReport";
import { withNames } from "@/components/names";
import { useStage } from "@/components/use-stage";
import { moment } from "@/lib/format";
import { asSentence } from "@/lib/sentence";
import classes from "./EndedJob.module.css";

const icons = { done: CircleCheck, failed: CircleX, cancelled: CircleSlash, rolled_back: Undo2 } as const;

/** A job of the past: what became of it, and why. */
export function EndedJob({ job }: { job: JobView }) {
  const { t } = useTranslation();
  const request = useJobRequest(job.id);
  const stage = useStage();
  const Icon = icons[job.state as keyof typeof icons];
  return (
    <li className={classes.row} data-testid={`job-${job.id}`} data-state={job.state}>
      <Icon size={20} className={classes.icon} aria-hidden="true" />
      <div className={classes.words}>
        <h3 className={classes.name}>
          {job.name} <span>{job.version}</span>
        </h3>
        <p className={classes.detail}>
          {t(`jobs.kind.${job.kind}`)} · {stage(job)} · {moment(job.updated_at)}
        </p>
        {job.reason && (job.state === "rolled_back" || (job.state === "done" && job.kind === "repair")) ? (
          <p className={classes.detail}>{withNames(asSentence(job.reason))}</p>
        ) : null}
        {job.left ? <LeftReport left={job.left} /> : null}
      </div>
      {job.state === "failed" ? (
        <Button
          size="xs"
          variant="default"
          className={classes.again}
          data-testid="job-resume"
          leftSection={<RotateCw size={14} />}
          loading={request.isPending && request.variables === "resume"}
          onClick={() => request.mutate("resume")}
        >
          {t("jobs.again")}
        </Button>
      ) : null}
      {job.kind === "download" && job.state === "done" ? (
        <Button
          size="xs"
          variant="default"
          className={classes.again}
          data-testid="job-show"
          renderRoot={(props) => (
            <Link
              to="/products/$product/download"
              params={{ product: job.product }}
              search={{ job: job.id }}
              {...props}
            />
          )}
        >
          {t("download.showDone")}
        </Button>
      ) : null}
      <Tooltip label={t("jobs.dismiss")}>
        <ActionIcon
          className={classes.dismiss}
          variant="subtle"
          color="var(--tc-muted)"
          aria-label={`${t("jobs.dismiss")}: ${job.name} ${job.version}`}
          onClick={() => request.mutate("dismiss")}
        >
          <X size={16} />
        </ActionIcon>
      </Tooltip>
      {job.failure ? <FailureNotice failure={job.failure} className={classes.failure} /> : null}
      {request.error ? <FailureNotice failure={request.error} className={classes.failure} /> : null}
    </li>
  );
}
