import { Button, Group } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { Play, ShieldAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useRollBack } from "@/api/actions";
import { useLaunch } from "@/api/launch";
import { useHost } from "@/api/context";
import type { InstalledView, JobView } from "@/api/native.gen";
import { useOffer, useWayOut } from "@/api/offers";
import { FailureNotice } from "@/components/FailureNotice";
import { jobPlace } from "@/components/job-place";
import { JobProgress } from "@/components/JobProgress";
import { LicenceLine, standingTone } from "@/components/LicenceLine";
import { Notice } from "@/components/Notice";
import { WithdrawnNotice } from "@/components/WithdrawnNotice";
import { date } from "@/lib/format";
import { BrowserWays } from "./BrowserWays";
import { TileVerdict } from "./TileVerdict";
import { WayButton } from "./WayButton";
import type { TileSubject } from "./tile";
import classes from "./TileAction.module.css";

interface TileActionProps {
  subject: TileSubject;
  job: JobView | undefined;
  /** A newer version than the installed one. */
  newer: string | null;
}

/** The one thing to do next: follow the job, launch, install, or open the program that can. */
export function TileAction({ subject, job, newer }: TileActionProps) {
  const { host } = useHost();
  if (host.kind === "browser") return <BrowserWays subject={subject} />;
  if (job) return <Following job={job} />;
  if (subject.installed) return <Launching installed={subject.installed} newer={newer} />;
  return <Getting subject={subject} />;
}

function Following({ job }: { job: JobView }) {
  const { t } = useTranslation();
  return (
    <>
      <JobProgress job={job} size="small" />
      <Button
        variant="default"
        renderRoot={(props) => (
          <Link
            to={jobPlace(job.kind)}
            params={{ product: job.product }}
            search={{ job: job.id }}
            {...props}
          />
        )}
      >
        {t("products.inProgress.show")}
      </Button>
    </>
  );
}

function Launching({ installed, newer }: { installed: InstalledView; newer: string | null }) {
  const { t } = useTranslation();
  const launch = useLaunch(installed.product);
  const wayOut = useWayOut(installed.product);
  const navigate = useNavigate();
  const showLicence = () =>
    void navigate({ to: "/products/$product/licence", params: { product: installed.product } });
  const refused = !installed.licence.may_run && standingTone[installed.licence.standing] === "bad";
  return (
    <>
      <Link
        to="/products/$product/licence"
        params={{ product: installed.product }}
        className={classes.licence}
        data-testid={`licence-${installed.product}`}
      >
        <LicenceLine licence={installed.licence} />
      </Link>
      {launch.error ? (
        <FailureNotice
          failure={launch.error}
          remedies={{ retry: () => launch.mutate(), show_licence: showLicence }}
        />
      ) : null}
      <WithdrawnNotice installed={installed} wayOut={wayOut} besideUpdate={newer !== null && !refused} />
      {installed.fails_to_start ? <WayBack installed={installed} /> : null}
      {installed.hold ? (
        <p className={classes.started}>
          {installed.hold.until
            ? t("manage.heldUntil", { version: installed.version, date: date(installed.hold.until) })
            : t("manage.held", { version: installed.version })}
        </p>
      ) : null}
      {launch.data ? (
        <p className={classes.started} role="status">
          {t("products.launched", { name: installed.name })}
        </p>
      ) : null}
      <Group gap="xs" grow preventGrowOverflow={false}>
        {refused ? (
          <Button
            leftSection={<ShieldAlert size={16} />}
            renderRoot={(props) => (
              <Link to="/products/$product/licence" params={{ product: installed.product }} {...props} />
            )}
          >
            {t("products.licence")}
          </Button>
        ) : null}
        <Button
          variant={refused ? "default" : "filled"}
          leftSection={<Play size={16} />}
          data-testid={`launch-${installed.product}`}
          disabled={!installed.launchable}
          loading={launch.isPending}
          onClick={() => launch.mutate()}
        >
          {t("products.launch")}
        </Button>
        {newer && !refused ? (
          <Button
            variant="default"
            data-testid={`install-${installed.product}`}
            renderRoot={(props) => (
              <Link to="/products/$product/install" params={{ product: installed.product }} {...props} />
            )}
          >
            {t("products.installVersion", { version: newer })}
          </Button>
        ) : null}
      </Group>
    </>
  );
}

/** Offers to go back where the current version fails to start (U19). */
function WayBack({ installed }: { installed: InstalledView }) {
  const { t } = useTranslation();
  const back = useRollBack(installed.product);
  const takenBack = useOffer(installed.product)?.taken_back ?? [];
  const previous = installed.releases.find(({ standing }) => standing === "previous");
  if (!previous || takenBack.some(({ version }) => version === previous.version)) return null;
  return (
    <>
      <Notice tone="warn" title={t("manage.failsToStart", { version: installed.version })}>
        <Button
          size="xs"
          variant="default"
          mt="xs"
          data-testid={`go-back-${installed.product}`}
          loading={back.isPending}
          onClick={() => back.mutate(previous.version)}
        >
          {t("manage.goBack", { version: previous.version })}
        </Button>
      </Notice>
      {back.error ? <FailureNotice failure={back.error} /> : null}
    </>
  );
}

function Getting({ subject }: { subject: TileSubject }) {
  const version = subject.entitlement?.version ?? null;
  return (
    <>
      <TileVerdict product={subject.product} name={subject.name} version={version} />
      <WayButton
        product={subject.product}
        name={subject.name}
        usual={subject.entitlement?.default_action ?? "install_now"}
        disabled={version === null}
      />
    </>
  );
}
