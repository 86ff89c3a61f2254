import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { hasEnded, useFeed } from "@/api/feed";
import { EmptyState } from "@/components/EmptyState";
import { PageHead } from "@/components/PageHead";
import { ActiveJob } from "./ActiveJob";
import { EndedJob } from "./EndedJob";
import { Loading } from "@/components/Loading";
import classes from "./JobsPage.module.css";

/** Everything that this computer fetches, installs or removes, and what became of it. */
export function JobsPage() {
  const { t } = useTranslation();
  const { jobs, ready } = useFeed();
  const active = jobs.filter((job) => !hasEnded(job));
  const ended = jobs.filter(hasEnded);
  return (
    <div className={classes.page}>
      <PageHead title={t("jobs.title")} lead={t("jobs.lead")} />
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
          {active.map((job) => (
            <ActiveJob key={job.id} job={job} />
          ))}
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
