import { ShieldAlert, ShieldCheck, ShieldX } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { LicenceView } from "@/api/native.gen";
import { standingTone } from "@/components/LicenceLine";
import classes from "./Standing.module.css";

const icons = { ok: ShieldCheck, warn: ShieldAlert, bad: ShieldX } as const;

/** The standing of a licence in large letters, with its reason. */
export function Standing({ licence }: { licence: LicenceView }) {
  const { t } = useTranslation();
  const tone = standingTone[licence.standing];
  const Icon = icons[tone];
  return (
    <div className={classes.standing} data-tone={tone}>
      <Icon size={40} strokeWidth={1.6} aria-hidden="true" />
      <div>
        <p className={classes.word} data-testid="licence-standing" data-standing={licence.standing}>
          {t(`licence.standing.${licence.standing}`)}
        </p>
        <p className={classes.sentence}>{licence.sentence}</p>
        <p className={classes.may}>{t(licence.may_run ? "licence.mayRun" : "licence.mayNotRun")}</p>
      </div>
    </div>
  );
}
