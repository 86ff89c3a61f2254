import { Button, Group } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Check, Play } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useLaunch } from "@/api/launch";
import { useInstalled } from "@/api/feed";
import { useRestart } from "@/api/restart";
import type { JobView } from "@/api/native.gen";
import { DoneHead } from "@/components/DoneHead";
import { FailureNotice } from "@/components/FailureNotice";
import { LeftReport } from "@/components/LeftReport";
import { LicenceLine } from "@/components/LicenceLine";
import { Notice } from "@/components/Notice";
import { RestartNotice } from "@/components/RestartNotice";
import { Panel } from "@/components/Panel";
import { bytes } from "@/lib/format";
import { SupportLink } from "./SupportLink";
import classes from "./Success.module.css";

/** It is installed: with what, and what now (S-134, S-135). */
export function Success({ job, onFinish }: { job: JobView; onFinish: () => void }) {
  const { t } = useTranslation();
  const installed = useInstalled(job.product);
  const launch = useLaunch(job.product);
  const restart = useRestart();
  const navigate = useNavigate();
  const showLicence = () =>
    void navigate({ to: "/products/$product/licence", params: { product: job.product } });
  return (
    <Panel className={classes.success}>
      <DoneHead
        title={t("install.doneTitle", { name: job.name })}
        text={t("install.doneText", { version: job.version })}
      />
      {job.installed.length > 0 ? (
        <section className={classes.part} aria-label={t("install.doneComponents")}>
          <h3>{t("install.doneComponents")}</h3>
          <ul>
            {job.installed.map(({ id, name, version, installed_bytes }) => (
              <li key={id}>
                <Check size={16} aria-hidden="true" />
                {name}
                <span>
                  {version} · {bytes(installed_bytes)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {installed ? <LicenceLine licence={installed.licence} /> : null}
      {job.left ? <LeftReport left={job.left} /> : null}
      {installed?.restart_pending ? <RestartNotice act={restart} onRestart={() => restart.mutate()} /> : null}
      {launch.error ? (
        <FailureNotice
          failure={launch.error}
          remedies={{ retry: () => launch.mutate(), show_licence: showLicence }}
        />
      ) : null}
      {launch.data ? <Notice tone="info" title={t("products.launched", { name: job.name })} /> : null}
      <Group gap="sm">
        <Button
          leftSection={<Play size={16} />}
          data-testid={`launch-${job.product}`}
          disabled={!installed?.launchable}
          loading={launch.isPending}
          onClick={() => launch.mutate()}
        >
          {t("products.launch")}
        </Button>
        <Button variant="default" data-testid="install-done" onClick={onFinish}>
          {installed?.restart_pending ? t("install.restartLater") : t("install.finish")}
        </Button>
      </Group>
      <p className={classes.support}>
        <SupportLink />
      </p>
    </Panel>
  );
}
