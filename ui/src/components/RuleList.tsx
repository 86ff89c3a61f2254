import { VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { VerdictMark, type VerdictName } from "./VerdictMark";
import classes from "./RuleList.module.css";

/** One requirement with what was found. */
export interface RuleFacts {
  readonly id: string;
  readonly text: string;
  readonly verdict: VerdictName;
  readonly measured: string;
  readonly needed: string;
  readonly fix: string | null;
  readonly link: string | null;
}

/** Requirements with what was measured, what is needed, and what helps (S-106); the worst first. */
export function RuleList({ rules, compact = false }: { rules: readonly RuleFacts[]; compact?: boolean }) {
  const { t } = useTranslation();
  const order = { fail: 0, warn: 1, pass: 2 } as const;
  const sorted = rules.toSorted((left, right) => order[left.verdict] - order[right.verdict]);
  if (sorted.length === 0) return <p className={classes.none}>{t("install.requirementsNone")}</p>;
  return (
    <ul className={classes.list} data-compact={compact || undefined}>
      {sorted.map((rule) => (
        <li key={rule.id} className={classes.rule}>
          <VerdictMark verdict={rule.verdict} size={compact ? 16 : 18} />
          <div className={classes.words}>
            <p className={classes.text}>
              {rule.text}
              <VisuallyHidden> {t(`common.verdict.${rule.verdict}`)}</VisuallyHidden>
            </p>
            <p className={classes.values}>
              <span>
                {t("install.measured")}: <b>{rule.measured}</b>
              </span>
              <span>
                {t("install.needed")}: <b>{rule.needed}</b>
              </span>
            </p>
            {rule.verdict !== "pass" && rule.fix ? <p className={classes.fix}>{rule.fix}</p> : null}
            {rule.verdict !== "pass" && rule.link ? <p className={classes.link}>{rule.link}</p> : null}
          </div>
        </li>
      ))}
    </ul>
  );
}
