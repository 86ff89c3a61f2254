import { useTranslation } from "react-i18next";
import { PageHead } from "@/components/PageHead";
import { Panel } from "@/components/Panel";
import { SchemeSwitch } from "@/components/SchemeSwitch";

/** Light or dark. */
export function AppearancePage() {
  const { t } = useTranslation();
  return (
    <div style={{ maxWidth: "44rem" }}>
      <PageHead title={t("profile.appearance")} lead={t("profile.appearanceLead")} />
      <Panel>
        <SchemeSwitch />
      </Panel>
    </div>
  );
}
