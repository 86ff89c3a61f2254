import type { ReactNode } from "react";
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
      {failure.message && failure.message !== title ? <p>{withNames(sentence(failure.message))}</p> : null}
      <p>{withNames(sentence(failure.advice) || t(shown.advice))}</p>
      {failure.requestId ? (
        <p className={classes.request}>{t("common.requestId", { id: failure.requestId })}</p>
      ) : null}
    </Notice>
  );
}

/** What stands between backticks is a name: of a file, a product, a server. */
function withNames(text: string): ReactNode[] {
  const pieces = text.split("`");
  return pieces.map((piece, index) => {
    const place = pieces.slice(0, index + 1).join("`").length;
    return index % 2 === 1 && index < pieces.length - 1 ? <code key={place}>{piece}</code> : piece;
  });
}

/** Errors are written in lower case without a full stop; people read sentences. */
function sentence(text: string): string {
  const trimmed = text.trim();
  if (!trimmed) return "";
  const begun = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…:]$/.test(begun) ? begun : `${begun}.`;
}
