import { useTranslation } from "react-i18next";
import type { DeviceFacts } from "@/api/readiness";
import { VerdictText } from "@/components/VerdictText";
import { moment, relative } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { fitness, isStale } from "./readiness";
import classes from "./DevicesPage.module.css";

/** How a computer fares for the organisation's products, and as of when that is known. */
export function FitnessCell({ told }: { told: DeviceFacts | undefined }) {
  const { t } = useTranslation();
  const now = useNow();
  const verdict = fitness(told);
  if (!told || verdict === "untold")
    return <span className={classes.detail}>{t("devices.fitnesses.untold")}</span>;
  const lacking = told.products.filter((product) => product.verdict !== "pass");
  return (
    <>
      <VerdictText verdict={verdict} />
      <span className={classes.under} title={moment(told.received_at)}>
        {lacking.length > 0 ? `${lacking.map(({ name }) => name).join(", ")} · ` : ""}
        {t(isStale(told, now) ? "devices.staleAsOf" : "devices.asOf", {
          when: relative(told.received_at, now),
        })}
      </span>
    </>
  );
}
