import { VisuallyHidden } from "@mantine/core";
import { CircleMinus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { connection } from "@/lib/i18n/en/connection";
import { withNames } from "./names";
import { VerdictMark, type VerdictName } from "./VerdictMark";
import classes from "./CheckList.module.css";

/** One thing that was looked at. */
export interface CheckFacts {
  readonly subject: keyof typeof connection.subject;
  /** What was found, as a stable word. */
  readonly finding: string;
  readonly verdict: VerdictName;
  readonly found: string;
  readonly advice: string | null;
  readonly whom: "nobody" | keyof typeof connection.whom;
}

/** What was looked at, in the order of the way from this computer to the service. */
export function CheckList({ checks }: { checks: readonly CheckFacts[] }) {
  return (
    <ol className={classes.list}>
      {checks.map((check) => (
        <Check key={check.subject} check={check} />
      ))}
    </ol>
  );
}

function Check({ check }: { check: CheckFacts }) {
  const { t } = useTranslation();
  const unseen = check.finding === "not_looked_at";
  return (
    <li
      className={classes.check}
      data-testid={`check-${check.subject}`}
      data-finding={check.finding}
      data-unseen={unseen || undefined}
    >
      {unseen ? (
        <CircleMinus size={18} className={classes.unseen} aria-hidden="true" />
      ) : (
        <VerdictMark verdict={check.verdict} />
      )}
      <div className={classes.words}>
        <p className={classes.subject}>
          {t(`connection.subject.${check.subject}`)}
          {unseen ? null : <VisuallyHidden> {t(`common.verdict.${check.verdict}`)}</VisuallyHidden>}
        </p>
        <p className={classes.found}>{unseen ? t("connection.unseen") : withNames(check.found)}</p>
        {check.verdict !== "pass" && check.advice ? (
          <p className={classes.advice}>{withNames(check.advice)}</p>
        ) : null}
        {check.whom === "nobody" ? null : (
          <p className={classes.whom}>{t("connection.ask", { whom: t(`connection.whom.${check.whom}`) })}</p>
        )}
      </div>
    </li>
  );
}
