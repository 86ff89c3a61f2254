import { useTranslation } from "react-i18next";
import { VerdictMark, type VerdictName } from "./VerdictMark";
import classes from "./VerdictMark.module.css";

/** How a computer fares, as a mark and a word. */
export function VerdictText({ verdict }: { verdict: VerdictName }) {
  const { t } = useTranslation();
  return (
    <span className={classes.text}>
      <VerdictMark verdict={verdict} size={16} />
      {t(`readinessMachines.states.${verdict}`)}
    </span>
  );
}
