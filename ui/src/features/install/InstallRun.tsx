import type { JobView } from "@/api/native.gen";
import { useJobRequest } from "@/api/actions";
import { FailureNotice } from "@/components/FailureNotice";
import { JobControls } from "@/components/JobControls";
import { JobProgress } from "@/components/JobProgress";
import { Panel } from "@/components/Panel";
import { Cancelled } from "./Cancelled";
import { Help } from "./Help";
import { Stages } from "./Stages";
import { Success } from "./Success";
import classes from "./InstallRun.module.css";

interface InstallRunProps {
  job: JobView;
  onFinish: () => void;
  /** Starts over with a new plan. */
  onAgain: () => void;
}

/** A running install, and how it ended (S-130 to S-135). */
export function InstallRun({ job, onFinish, onAgain }: InstallRunProps) {
  if (job.state === "done") return <Success job={job} onFinish={onFinish} />;
  if (job.state === "cancelled") return <Cancelled name={job.name} onAgain={onAgain} />;
  return <Running job={job} />;
}

function Running({ job }: { job: JobView }) {
  const request = useJobRequest(job.id);
  const pending = request.isPending && request.variables !== "dismiss" ? request.variables : null;
  return (
    <div className={classes.run}>
      <Panel>
        <Stages state={job.state} later={job.state === "waiting" && job.not_before !== null} />
        <JobProgress job={job} />
        {job.state === "failed" && job.failure ? (
          <FailureNotice failure={job.failure} className={classes.failure} />
        ) : null}
        {request.error ? <FailureNotice failure={request.error} className={classes.failure} /> : null}
        <div className={classes.foot}>
          <Help />
          <JobControls job={job} pending={pending} onAsk={(ask) => request.mutate(ask)} />
        </div>
      </Panel>
    </div>
  );
}
