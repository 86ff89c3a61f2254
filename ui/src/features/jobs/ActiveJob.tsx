import type { ReactNode } from "react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useJobRequest } from "@/api/actions";
import type { JobView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import { JobControls } from "@/components/JobControls";
import { jobPlace } from "@/components/job-place";
import { JobProgress } from "@/components/JobProgress";
import { Panel } from "@/components/Panel";
import { ProductIcon } from "@/components/ProductIcon";
import { Tag } from "@/components/Tag";
import classes from "./ActiveJob.module.css";

/** A job that has not ended, with its controls and what it is moved in the queue by. */
export function ActiveJob({ job, handle }: { job: JobView; handle: ReactNode }) {
  const { t } = useTranslation();
  const request = useJobRequest(job.id);
  const pending = request.isPending && request.variables !== "dismiss" ? request.variables : null;
  return (
    <Panel>
      <div className={classes.job} data-testid={`job-${job.id}`}>
        <header className={classes.head}>
          {handle}
          <ProductIcon id={job.product} name={job.name} size={36} />
          <h3 className={classes.name}>
            {job.kind === "uninstall" ? (
              job.name
            ) : (
              <Link to={jobPlace(job.kind)} params={{ product: job.product }} search={{ job: job.id }}>
                {job.name}
              </Link>
            )}
            <span>{job.version}</span>
          </h3>
          <Tag>{t(`jobs.kind.${job.kind}`)}</Tag>
        </header>
        <JobProgress job={job} size="small" />
        {request.error ? <FailureNotice failure={request.error} /> : null}
        <JobControls job={job} pending={pending} onAsk={(ask) => request.mutate(ask)} size="xs" />
      </div>
    </Panel>
  );
}
