import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { hasEnded, inQueueOrder, useFeed } from "@/api/feed";
import { EmptyState } from "@/components/EmptyState";
import { PageHead } from "@/components/PageHead";
import { EndedJob } from "./EndedJob";
import { Queue } from "./Queue";
import { QueueControls } from "./QueueControls";
import { Loading } from "@/components/Loading";
import classes from "./JobsPage.module.css";

/** Everything that this computer fetches, installs or removes, and what became of it. */
export function JobsPage() {
  const { t } = useTranslation();
  const { jobs, ready } = useFeed();
  const active = inQueueOrder(jobs);
  const ended = jobs.filter(hasEnded);
  return (
    <div className={classes.page}>
      <PageHead
        title={t("jobs.title")}
        lead={t("jobs.lead")}
        actions={active.length > 1 ? <QueueControls jobs={active} /> : null}
      />
      {ready ? null : <Loading />}
      {ready && active.length === 0 ? (
        <EmptyState
          icon={Download}
          title={t("jobs.emptyTitle")}
          text={t("jobs.emptyText")}
          action={
            <Button variant="default" renderRoot={(props) => <Link to="/products" {...props} />}>
              {t("jobs.emptyAction")}
            </Button>
          }
        />
      ) : null}
      {active.length > 0 ? (
        <section aria-label={t("jobs.active")} className={classes.section}>
          <h2 className={classes.heading}>{t("jobs.active")}</h2>
          <Queue jobs={active} />
        </section>
      ) : null}
      {ended.length > 0 ? (
        <section aria-label={t("jobs.history")} className={classes.section}>
          <h2 className={classes.heading}>{t("jobs.history")}</h2>
          <ul className={classes.history}>
            {ended.map((job) => (
              <EndedJob key={job.id} job={job} />
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
