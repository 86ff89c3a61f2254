import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Mark } from "@/components/Mark";
import classes from "./BrandPanel.module.css";

/** The mark as a plain figure, large and cut off by the panel's edge. */
const figure = {
  tool: "M28 21.6A10.3 10.3 0 0 1 27.2 3.6V12a2 2 0 0 0 2 2h5.6a2 2 0 0 0 2-2V3.6A10.3 10.3 0 0 1 36 21.6V33h-8z",
  crate: "M9 31h46v7.5H9zM9 41h46v7.5H9zM9 51h46v7.5H9zM9 28h8v32H9zM47 28h8v32h-8z",
};

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
      <svg className={classes.figure} viewBox="9 0 46 60" aria-hidden="true" focusable="false">
        <path transform="rotate(18 32 40)" d={figure.tool} />
        <path d={figure.crate} />
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
