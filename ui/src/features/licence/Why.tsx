import { useTranslation } from "react-i18next";
import type { LicenceView } from "@/api/native.gen";
import { Facts } from "@/components/Facts";
import { moment, relative } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { ruleWords } from "./rules";

/** The rule behind a decision, and the next date. */
export function Why({ licence }: { licence: LicenceView }) {
  const { t } = useTranslation();
  const now = useNow();
  const words = ruleWords(licence.rule);
  return (
    <Facts
      facts={[
        { label: t("gate.rule"), value: words ? t(words) : licence.rule },
        { label: t("gate.reason"), value: <code>{licence.reason}</code> },
        {
          label: t("gate.nextDate"),
          value: licence.next_at ? `${moment(licence.next_at)} (${relative(licence.next_at, now)})` : null,
        },
      ]}
    />
  );
}
