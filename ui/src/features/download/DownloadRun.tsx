import type { JobView } from "@/api/native.gen";
import { useTranslation } from "react-i18next";
import { useJobRequest } from "@/api/actions";
import { FailureNotice } from "@/components/FailureNotice";
import { JobControls } from "@/components/JobControls";
import { JobProgress } from "@/components/JobProgress";
import { Panel } from "@/components/Panel";
import { PathText } from "@/components/PathText";
import classes from "./DownloadPage.module.css";

/** A download under way; one that stands still goes on where each part stands. */
export function DownloadRun({ job }: { job: JobView }) {
  const { t } = useTranslation();
  const request = useJobRequest(job.id);
  const pending = request.isPending && request.variables !== "dismiss" ? request.variables : null;
  return (
    <Panel>
      <JobProgress job={job} />
      {job.folder ? (
        <p className={classes.note}>
          {t("install.folder")}: <PathText path={job.folder} />
        </p>
      ) : null}
      {job.state === "failed" && job.failure ? (
        <FailureNotice failure={job.failure} className={classes.failure} />
      ) : null}
      {request.error ? <FailureNotice failure={request.error} className={classes.failure} /> : null}
      <div className={classes.foot}>
        <JobControls job={job} pending={pending} onAsk={(ask) => request.mutate(ask)} />
      </div>
    </Panel>
  );
}
