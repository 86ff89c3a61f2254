import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { JobView } from "@/api/native.gen";
import { JobProgress } from "@/components/JobProgress";
import { Panel } from "@/components/Panel";

/** What is being done with the product just now. */
export function JobNotice({ job }: { job: JobView }) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t(`jobs.kind.${job.kind}`)}
      aside={
        <Link to="/jobs" data-testid="manage-job">
          {t("shell.openJob")}
        </Link>
      }
    >
      <JobProgress job={job} size="small" />
    </Panel>
  );
}
