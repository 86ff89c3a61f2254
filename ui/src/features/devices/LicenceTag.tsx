import { useTranslation } from "react-i18next";
import type { DeviceLicence } from "@/api/types";
import { Tag } from "@/components/Tag";
import { date } from "@/lib/format";

const tones = { active: "ok", grace: "warn", lapsed: "bad" } as const;

/** How a licence stands on a computer, and until when. */
export function LicenceTag({ licence }: { licence: DeviceLicence }) {
  const { t } = useTranslation();
  const offline = licence.offline_until;
  return (
    <Tag tone={tones[licence.state]}>
      {offline
        ? t("devices.offlineUntil", { date: date(offline) })
        : t(`devices.state.${licence.state}`, {
            date: date(licence.state === "active" ? licence.verify_by : licence.works_until),
          })}
    </Tag>
  );
}
