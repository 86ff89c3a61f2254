import { useTranslation } from "react-i18next";
import { date, relative, urgency } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import classes from "./EndDate.module.css";

/** When something ends, absolutely and relatively; amber and red only when the end is near (S-47). */
export function EndDate({ at }: { at: string }) {
  const { t } = useTranslation();
  const now = useNow();
  const past = new Date(at).getTime() < now;
  return (
    <span className={classes.end} data-urgency={urgency(at, now)}>
      <span>{t(past ? "products.ended" : "products.ends", { date: date(at) })}</span>
      <span className={classes.relative}>{relative(at, now)}</span>
    </span>
  );
}
