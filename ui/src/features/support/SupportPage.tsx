import { useTranslation } from "react-i18next";
import type { ContractStanding, Me } from "@/api/types";
import { Administrators } from "@/components/Administrators";
import { Facts } from "@/components/Facts";
import { PageHead } from "@/components/PageHead";
import { Panel } from "@/components/Panel";
import classes from "./SupportPage.module.css";

/** Whom to ask, and what support the contracts include. */
export function SupportPage({ me }: { me: Me }) {
  const { t } = useTranslation();
  const words = ({ support }: ContractStanding) =>
    `${t(`common.supportLevel.${support}`)}. ${t(support === "basic" ? "support.levelBasic" : "support.levelAdvanced")}`;
  return (
    <div className={classes.page}>
      <PageHead title={t("support.title")} lead={t("support.lead")} />
      <div className={classes.panels}>
        <Administrators people={me.administrators} self={me.user_id} />
        <Panel title={t("support.level")}>
          <Facts
            facts={me.contracts.map((standing) => ({
              label: t("products.contract", { number: standing.number }),
              value: words(standing),
            }))}
          />
        </Panel>
      </div>
    </div>
  );
}
