import { useState } from "react";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAcceptPrivacy, usePrivacy } from "@/api/own-account";
import type { PrivacyStanding } from "@/api/types";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Panel } from "@/components/Panel";
import { moment } from "@/lib/format";
import classes from "./SecurityPage.module.css";

/** The privacy statement, and when the person accepted it (S-140). */
export function PrivacyPanel() {
  const { t } = useTranslation();
  const privacy = usePrivacy();
  return (
    <Panel title={t("security.privacy")} lead={t("security.privacyLead")}>
      {privacy.isPending ? <Loading /> : null}
      {privacy.error ? (
        <FailureNotice failure={privacy.error} remedies={{ retry: () => void privacy.refetch() }} />
      ) : null}
      {privacy.data ? <Statement standing={privacy.data} /> : null}
    </Panel>
  );
}

function Statement({ standing }: { standing: PrivacyStanding }) {
  const { t } = useTranslation();
  const accept = useAcceptPrivacy();
  const [shown, setShown] = useState(false);
  const accepted = standing.accepted_at;
  return (
    <>
      <p className={classes.state}>
        {accepted
          ? t("security.accepted", { version: standing.version, date: moment(accepted) })
          : t("security.notAccepted", { version: standing.version })}
      </p>
      {shown ? (
        <div className={classes.statement}>
          {standing.text
            .split("\n\n")
            .slice(1)
            .map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
        </div>
      ) : null}
      {accept.error ? <FailureNotice failure={accept.error} /> : null}
      <div className={classes.actions}>
        <Button variant="default" aria-expanded={shown} onClick={() => setShown((now) => !now)}>
          {t(shown ? "security.hideStatement" : "security.readStatement")}
        </Button>
        {shown && !accepted ? (
          <Button loading={accept.isPending} onClick={() => accept.mutate(standing.version)}>
            {t("security.accept")}
          </Button>
        ) : null}
      </div>
    </>
  );
}
