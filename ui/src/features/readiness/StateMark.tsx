import { useTranslation } from "react-i18next";
import type { MachineState } from "@/api/readiness";
import { VerdictMark } from "@/components/VerdictMark";
import classes from "./Readiness.module.css";

/** How a computer stands, its exceptions taken into account. */
export function StateMark({ state }: { state: MachineState }) {
  const { t } = useTranslation();
  return (
    <span className={classes.state}>
      {state === "accepted" ? (
        <span className={classes.dot} data-state="accepted" aria-hidden="true" />
      ) : (
        <VerdictMark verdict={state} size={16} />
      )}
      {t(`readinessMachines.states.${state}`)}
    </span>
  );
}
