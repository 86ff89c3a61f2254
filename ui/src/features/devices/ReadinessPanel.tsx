import { useState } from "react";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { DeviceFacts, DeviceFit } from "@/api/readiness";
import { useFactsOfDevices } from "@/api/readiness-queries";
import { Facts } from "@/components/Facts";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Panel } from "@/components/Panel";
import { VerdictMark } from "@/components/VerdictMark";
import { VerdictText } from "@/components/VerdictText";
import { factText } from "@/components/fact-text";
import { moment, relative } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { isStale } from "./readiness";
import classes from "./DevicesPage.module.css";

/** What a computer told of itself, and what that means for the organisation's products; for admins. */
export function ReadinessPanel({ device }: { device: string }) {
  const { t } = useTranslation();
  const { on, setting, facts } = useFactsOfDevices(true);
  const failure = setting.error ?? facts.error;
  const told = facts.data?.find((item) => item.device === device);
  return (
    <Panel title={t("devices.readiness")} lead={t("devices.readinessLead")}>
      {failure ? (
        <FailureNotice
          failure={failure}
          remedies={{ retry: () => void (setting.error ? setting.refetch() : facts.refetch()) }}
        />
      ) : null}
      {setting.isPending || (on && facts.isPending) ? <Loading /> : null}
      {setting.data && !on ? (
        <p className={classes.note}>
          {t("devices.factsOff")} <Link to="/readiness">{t("devices.factsSwitch")}</Link>
        </p>
      ) : null}
      {facts.data && !told ? <p className={classes.note}>{t("devices.factsUntold")}</p> : null}
      {told ? <Told told={told} /> : null}
    </Panel>
  );
}

function Told({ told }: { told: DeviceFacts }) {
  const { t } = useTranslation();
  const now = useNow();
  const [shown, setShown] = useState(false);
  const when = `${moment(told.received_at)} (${relative(told.received_at, now)})`;
  return (
    <>
      <p className={classes.note} data-testid="facts-as-of">
        {t(isStale(told, now) ? "devices.staleAsOf" : "devices.asOf", { when })}
      </p>
      <ul className={classes.fits}>
        {told.products.map((fit) => (
          <li key={fit.product}>
            <Fit fit={fit} />
          </li>
        ))}
      </ul>
      {told.products.length === 0 ? <p className={classes.note}>{t("devices.noProducts")}</p> : null}
      <div>
        <Button
          variant="default"
          size="xs"
          aria-expanded={shown}
          onClick={() => setShown((before) => !before)}
          data-testid="facts-show"
        >
          {t(shown ? "devices.hideFacts" : "devices.showFacts")}
        </Button>
      </div>
      {shown ? (
        <div className={classes.all}>
          <Facts
            facts={told.facts.map(({ name, fact }) => ({ label: name, value: factText(name, fact, t) }))}
          />
        </div>
      ) : null}
    </>
  );
}

function Fit({ fit }: { fit: DeviceFit }) {
  const { t } = useTranslation();
  return (
    <>
      <span className={classes.name}>
        {fit.name} <span className={classes.detail}>{fit.version}</span> <VerdictText verdict={fit.verdict} />
      </span>
      <ul className={classes.lacks}>
        {fit.lacks.map(({ rule, text, verdict, measured, needed, fix }) => (
          <li key={rule}>
            <span className={classes.lack}>
              <VerdictMark verdict={verdict} size={16} />
              {text}
            </span>
            <span className={classes.under}>
              {t("readinessMachines.measured")}: {measured} · {t("readinessMachines.needed")}: {needed}
            </span>
            {fix ? <span className={classes.under}>{fix}</span> : null}
          </li>
        ))}
      </ul>
    </>
  );
}
