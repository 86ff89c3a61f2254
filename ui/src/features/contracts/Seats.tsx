import { useTranslation } from "react-i18next";
import type { Subscription } from "@/api/types";
import classes from "./Seats.module.css";

/** How many seats are assigned, as a number and as a picture of it. */
export function Seats({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation();
  const { seat_count: total, assigned } = subscription;
  const used = assigned.length;
  return (
    <div className={classes.seats}>
      <span>
        <span className={classes.used}>{t("contracts.seatsUsed", { used, total })}</span>
        <span className={classes.free}>{t("contracts.free", { count: Math.max(0, total - used) })}</span>
      </span>
      <div
        className={classes.bar}
        role="meter"
        aria-label={t("contracts.seatsLabel", { used, total })}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={used}
      >
        <div style={{ width: `${total === 0 ? 0 : (used / total) * 100}%` }} />
      </div>
    </div>
  );
}
