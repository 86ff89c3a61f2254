import { useTranslation } from "react-i18next";
import { versionChoices, type Versions } from "@/lib/releases";
import classes from "./WithdrawnVersions.module.css";

/** Versions that the vendor took back: shown, with the reason (S-113). */
export function WithdrawnVersions({ entitlement }: { entitlement: Versions }) {
  const { t } = useTranslation();
  const gone = versionChoices(entitlement).filter(({ standing }) => standing === "withdrawn");
  if (gone.length === 0) return null;
  const reasonOf = (version: string) =>
    entitlement.withdrawn?.find((release) => release.version === version)?.reason;
  return (
    <ul className={classes.withdrawn} data-testid="withdrawn-versions">
      {gone.map(({ version }) => {
        const reason = reasonOf(version);
        const words = reason
          ? t("files.withdrawnWhy", { version, reason })
          : t("files.withdrawnPlain", { version });
        return <li key={version}>{words}</li>;
      })}
    </ul>
  );
}
