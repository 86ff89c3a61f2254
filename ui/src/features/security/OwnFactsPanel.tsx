import { useState } from "react";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useOwnFacts } from "@/api/own-account";
import type { OwnFacts } from "@/api/types";
import { Facts } from "@/components/Facts";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Panel } from "@/components/Panel";
import { factText } from "@/components/fact-text";
import { date, moment, relative } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import classes from "./SecurityPage.module.css";

/** Whether the organisation collects what computers have, who decided that, and what one's own ones told. */
export function OwnFactsPanel() {
  const { t } = useTranslation();
  const own = useOwnFacts();
  return (
    <Panel title={t("security.facts")} lead={t("security.factsLead")}>
      {own.isPending ? <Loading /> : null}
      {own.error ? (
        <FailureNotice failure={own.error} remedies={{ retry: () => void own.refetch() }} />
      ) : null}
      {own.data ? <Standing own={own.data} /> : null}
    </Panel>
  );
}

function Standing({ own }: { own: OwnFacts }) {
  const { t } = useTranslation();
  if (!own.collected) return <p className={classes.state}>{t("security.factsOff")}</p>;
  return (
    <>
      <p className={classes.state} data-testid="own-facts-on">
        {t("security.factsOn", {
          date: own.changed_at ? date(own.changed_at) : "",
          name: own.changed_by ?? "",
        })}
      </p>
      {own.devices.length === 0 ? <p className={classes.muted}>{t("security.factsNone")}</p> : null}
      <ul className={classes.told}>
        {own.devices.map((device) => (
          <li key={device.device}>
            <Told told={device} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Told({ told }: { told: OwnFacts["devices"][number] }) {
  const { t } = useTranslation();
  const now = useNow();
  const [shown, setShown] = useState(false);
  return (
    <>
      <div className={classes.device}>
        <span>
          <b>{told.name}</b>{" "}
          <span className={classes.muted} title={moment(told.received_at)}>
            {t("security.factsTold", { when: relative(told.received_at, now) })}
          </span>
        </span>
        <Button
          variant="default"
          size="xs"
          aria-expanded={shown}
          onClick={() => setShown((before) => !before)}
          data-testid="own-facts-show"
        >
          {t(shown ? "security.factsHide" : "security.factsShow")}
        </Button>
      </div>
      {shown ? (
        <Facts
          facts={told.facts.map(({ name, fact }) => ({ label: name, value: factText(name, fact, t) }))}
        />
      ) : null}
    </>
  );
}
