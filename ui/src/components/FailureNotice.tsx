import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { presentation, type FailureFacts } from "@/lib/failure";
import { Notice } from "./Notice";
import classes from "./FailureNotice.module.css";

interface FailureNoticeProps {
  failure: Omit<FailureFacts, "requestId"> & { requestId?: string | null };
  /** Tries the same again; offered where the table says that it may help. */
  onRetry?: (() => void) | undefined;
  className?: string | undefined;
}

/** What happened, and what to do: the words of the table, and the sentences of whoever refused. */
export function FailureNotice({ failure, onRetry, className }: FailureNoticeProps) {
  const { t } = useTranslation();
  const shown = presentation[failure.code];
  const title = t(shown.title);
  const mayRetry = onRetry && (shown.remedy === "retry" || failure.retryable);
  return (
    <Notice
      tone={shown.tone}
      title={title}
      urgent
      className={className}
      action={
        mayRetry ? (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t("common.tryAgain")}
          </Button>
        ) : null
      }
    >
      {failure.message && failure.message !== title ? <p>{sentence(failure.message)}</p> : null}
      <p>{sentence(failure.advice) || t(shown.advice)}</p>
      {failure.requestId ? (
        <p className={classes.request}>{t("common.requestId", { id: failure.requestId })}</p>
      ) : null}
    </Notice>
  );
}

/** Errors are written in lower case without a full stop; people read sentences. */
function sentence(text: string): string {
  const trimmed = text.trim();
  if (!trimmed) return "";
  const begun = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…:]$/.test(begun) ? begun : `${begun}.`;
}
