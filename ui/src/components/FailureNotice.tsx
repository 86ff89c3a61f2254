import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { presentation, type FailureFacts, type Remedy } from "@/lib/failure";
import type { TextKey } from "@/lib/i18n/keys";
import { asSentence } from "@/lib/sentence";
import { Notice } from "./Notice";
import { withNames } from "./names";
import classes from "./FailureNotice.module.css";

/** What each remedy does here; one that is absent is not offered. */
export type Remedies = Partial<Record<Remedy, (() => void) | undefined>>;

interface FailureNoticeProps {
  failure: Omit<FailureFacts, "requestId"> & { requestId?: string | null };
  remedies?: Remedies;
  className?: string | undefined;
}

const labels = {
  retry: "common.tryAgain",
  agree: "install.meteredAnyway",
  show_licence: "licence.title",
  show_jobs: "shell.jobs",
  take_over: "install.takeOverThis",
} as const satisfies Record<Remedy, TextKey>;

/** What happened, and what to do: the words of the table, and the sentences of whoever refused. */
export function FailureNotice({ failure, remedies, className }: FailureNoticeProps) {
  const { t } = useTranslation();
  const shown = presentation[failure.code];
  const title = t(shown.title);
  const remedy = shown.remedy ?? (failure.retryable ? "retry" : null);
  const act = remedy ? remedies?.[remedy] : undefined;
  return (
    <Notice
      tone={shown.tone}
      title={title}
      urgent
      className={className}
      action={
        remedy && act ? (
          <Button size="xs" variant="default" onClick={act}>
            {t(labels[remedy])}
          </Button>
        ) : null
      }
    >
      {failure.message && failure.message !== title ? <p>{withNames(asSentence(failure.message))}</p> : null}
      <p>{withNames(asSentence(failure.advice) || t(shown.advice))}</p>
      {failure.requestId && shown.tone === "alarm" ? (
        <p className={classes.request}>{t("common.requestId", { id: failure.requestId })}</p>
      ) : null}
    </Notice>
  );
}
