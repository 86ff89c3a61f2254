import { useTranslation } from "react-i18next";
import { PageHead } from "@/components/PageHead";
import { OwnFactsPanel } from "./OwnFactsPanel";
import { PrivacyPanel } from "./PrivacyPanel";
import { SecondStepPanel } from "./SecondStepPanel";
import { SessionsPanel } from "./SessionsPanel";
import classes from "./SecurityPage.module.css";

/** What keeps the account safe: the second step, where one is signed in, what is known of the person. */
export function SecurityPage() {
  const { t } = useTranslation();
  return (
    <div className={classes.page}>
      <PageHead title={t("security.title")} lead={t("security.lead")} />
      <SecondStepPanel />
      <SessionsPanel />
      <PrivacyPanel />
      <OwnFactsPanel />
    </div>
  );
}
