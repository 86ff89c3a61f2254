import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Mark } from "@/components/Mark";
import classes from "./BrandPanel.module.css";

/** What Toolcrib is, beside the sign-in form. */
export function BrandPanel() {
  const { t } = useTranslation();
  return (
    <aside className={classes.brand} aria-label="Toolcrib">
      <svg className={classes.board} aria-hidden="true" focusable="false">
        <defs>
          <pattern id="holes" width="28" height="28" patternUnits="userSpaceOnUse">
            <circle cx="14" cy="14" r="1.7" fill="currentColor" />
          </pattern>
        </defs>
        <rect width="100%" height="100%" fill="url(#holes)" />
      </svg>
      <div className={classes.words}>
        <p className={classes.name}>
          <Mark size={44} />
          Toolcrib
        </p>
        <p className={classes.claim}>{t("signIn.claim")}</p>
        <ul className={classes.claims}>
          {(["signIn.claimOne", "signIn.claimTwo", "signIn.claimThree"] as const).map((claim) => (
            <li key={claim}>
              <Check size={18} aria-hidden="true" />
              {t(claim)}
            </li>
          ))}
        </ul>
      </div>
    </aside>
  );
}
