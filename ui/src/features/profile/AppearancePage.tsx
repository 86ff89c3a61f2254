import { useTranslation } from "react-i18next";
import { PageHead } from "@/components/PageHead";
import { Panel } from "@/components/Panel";
import { SchemeSwitch } from "@/components/SchemeSwitch";
import classes from "./ProfilePage.module.css";

/** Light or dark. */
export function AppearancePage() {
  const { t } = useTranslation();
  return (
    <div className={classes.page}>
      <PageHead title={t("profile.appearance")} lead={t("profile.appearanceLead")} />
      <Panel title={t("profile.colours")} lead={t("profile.coloursLead")}>
        <div className={classes.switch}>
          <SchemeSwitch fullWidth size="sm" />
        </div>
      </Panel>
    </div>
  );
}
