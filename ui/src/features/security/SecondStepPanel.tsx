import { useState } from "react";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSecondStep } from "@/api/own-account";
import type { SecondStep } from "@/api/types";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { Tag } from "@/components/Tag";
import { date } from "@/lib/format";
import { RecoveryCodesDialog } from "./RecoveryCodesDialog";
import { RemoveDialog } from "./RemoveDialog";
import { SetUpDialog } from "./SetUpDialog";
import classes from "./SecurityPage.module.css";

/** With fewer recovery codes than this the page asks for new ones. */
const fewCodes = 3;

/** The second step: on or off, and how many recovery codes are left. */
export function SecondStepPanel() {
  const { t } = useTranslation();
  const standing = useSecondStep();
  const on = Boolean(standing.data?.on_since);
  return (
    <Panel
      title={t("security.secondStep")}
      lead={t("security.secondStepLead")}
      aside={
        standing.data ? <Tag tone={on ? "ok" : "plain"}>{t(on ? "security.on" : "security.off")}</Tag> : null
      }
    >
      {standing.isPending ? <Loading /> : null}
      {standing.error ? (
        <FailureNotice failure={standing.error} remedies={{ retry: () => void standing.refetch() }} />
      ) : null}
      {standing.data ? <Standing standing={standing.data} /> : null}
    </Panel>
  );
}

type Dialog = "set_up" | "remove" | "codes";

function Standing({ standing }: { standing: SecondStep }) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const left = standing.recovery_codes_left;
  const since = standing.on_since;
  return (
    <>
      <p className={classes.state} data-testid="second-step">
        {since ? t("security.onSince", { date: date(since), count: left }) : t("security.offText")}
      </p>
      {since && left < fewCodes ? (
        <Notice tone="warn" title={t("security.fewCodes", { count: left })}>
          {t("security.fewCodesText")}
        </Notice>
      ) : null}
      <div className={classes.actions}>
        {since ? (
          <>
            <Button variant="default" onClick={() => setDialog("codes")} data-testid="renew-codes">
              {t("security.newCodes")}
            </Button>
            <Button variant="default" onClick={() => setDialog("remove")} data-testid="remove-second-step">
              {t("security.switchOff")}
            </Button>
          </>
        ) : (
          <Button onClick={() => setDialog("set_up")} data-testid="set-up-second-step">
            {t("security.switchOn")}
          </Button>
        )}
      </div>
      <SetUpDialog opened={dialog === "set_up"} onClose={close} />
      <RecoveryCodesDialog opened={dialog === "codes"} onClose={close} />
      <RemoveDialog opened={dialog === "remove"} onClose={close} />
    </>
  );
}
