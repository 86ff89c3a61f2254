import { useTranslation } from "react-i18next";
import { useComputer } from "@/api/licence-queries";
import type { InstalledView, LicenceView } from "@/api/native.gen";
import { Facts } from "@/components/Facts";
import { Panel } from "@/components/Panel";
import { moment } from "@/lib/format";
import { ruleWords } from "./rules";
import classes from "./LicencePage.module.css";

/** The Product Licence Information: what a support case and an administrator ask for (S-145). */
export function LicenceInformation({
  installed,
  licence,
}: {
  installed: InstalledView;
  licence: LicenceView;
}) {
  const { t } = useTranslation();
  const computer = useComputer().data ?? null;
  const words = ruleWords(licence.rule);
  return (
    <Panel title={t("licence.information")}>
      <Facts
        facts={[
          { label: t("licence.product"), value: installed.name },
          { label: t("licence.version"), value: installed.version },
          { label: t("licence.type"), value: t(licence.user_id ? "licence.typeNamed" : "licence.typeNone") },
          { label: t("licence.person"), value: licence.user_id },
          { label: t("licence.organisation"), value: licence.organisation },
          { label: t("licence.device"), value: computer },
          { label: t("licence.contractEnds"), value: at(licence.contract_ends_at) },
          { label: t("licence.leaseEnds"), value: at(licence.ends_at) },
          { label: t("licence.offlineUntil"), value: at(licence.works_offline_until) },
          { label: t("licence.rule"), value: words ? t(words) : licence.rule },
          { label: t("licence.reason"), value: <code className={classes.rule}>{licence.reason}</code> },
        ]}
      />
    </Panel>
  );
}

function at(time: string | null): string | null {
  return time ? moment(time) : null;
}
