import { useState } from "react";
import { Button } from "@mantine/core";
import { RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Failure } from "@/lib/failure";
import { asSentence } from "@/lib/sentence";
import { FormDialog } from "./FormDialog";
import { Notice } from "./Notice";
import { withNames } from "./names";

interface RestartNoticeProps {
  /** Restarting: whether it is being done, and why it could not be. */
  act: { readonly isPending: boolean; readonly error: Failure | null };
  onRestart: () => void;
}

/** Says that the computer is to be restarted, and does so once somebody has said yes (S-135). */
export function RestartNotice({ act, onRestart }: RestartNoticeProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const { error } = act;
  return (
    <>
      <Notice
        tone="warn"
        title={t("install.doneRestart")}
        action={
          <Button
            size="xs"
            variant="default"
            leftSection={<RotateCcw size={16} />}
            data-testid="restart-now"
            onClick={() => setAsked(true)}
          >
            {t("install.restartNow")}
          </Button>
        }
      />
      {asked ? (
        <FormDialog
          title={t("install.restartTitle")}
          confirm={t("install.restartConfirm")}
          act={{ isPending: act.isPending, error: null }}
          testId="restart-confirm"
          onClose={() => setAsked(false)}
          onConfirm={onRestart}
        >
          <p>{t("install.restartText")}</p>
          {error ? (
            <Notice tone="alarm" title={t("install.restartRefused")} urgent>
              {withNames(asSentence(error.message))} {withNames(asSentence(error.advice))}
            </Notice>
          ) : null}
        </FormDialog>
      ) : null}
    </>
  );
}
