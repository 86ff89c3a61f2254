import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ReadinessCounts } from "@/api/readiness";
import type { Place } from "./place";
import classes from "./Readiness.module.css";

const shown = ["pass", "accepted", "warn", "fail", "silent"] as const;

/** How many computers stand how: figures that lead to their computers, and a picture of the proportions. */
export function Counts({ counts, onPlace }: { counts: ReadinessCounts; onPlace: (place: Place) => void }) {
  const { t } = useTranslation();
  const total = counts.machines + counts.silent;
  const place = (state: (typeof shown)[number]): Place =>
    state === "silent" ? { tab: "silent" } : { tab: "computers", state };
  return (
    <section aria-label={t("readinessBoard.counts")}>
      <div className={classes.counts}>
        {shown.map((state) => (
          <UnstyledButton
            key={state}
            className={classes.count}
            data-testid={`count-${state}`}
            onClick={() => onPlace(place(state))}
          >
            <span className={classes.figure}>{counts[state]}</span>
            <span className={classes.countName}>
              <span className={classes.dot} data-state={state} aria-hidden="true" />
              {t(`readinessBoard.${state}`)}
            </span>
          </UnstyledButton>
        ))}
      </div>
      <div className={classes.bar} aria-hidden="true" style={{ marginTop: "0.75rem" }}>
        {shown
          .filter((state) => counts[state] > 0)
          .map((state) => (
            <span key={state} data-state={state} style={{ flexGrow: counts[state] / Math.max(1, total) }} />
          ))}
      </div>
    </section>
  );
}
