import { useTranslation } from "react-i18next";
import { versionsOf } from "@/lib/releases";
import { rulesText } from "@/lib/rules-text";

interface LockedVersionsProps {
  readonly entitlement: {
    readonly locked?: readonly { version: string; platform: string; language: string }[];
    readonly approved?: readonly string[] | null;
  };
  readonly className?: string | undefined;
}

/** Versions that the company has not approved for the person: shown, with the reason (S-113). */
export function LockedVersions({ entitlement, className }: LockedVersionsProps) {
  const { t } = useTranslation();
  const { locked = [], approved } = entitlement;
  return versionsOf(locked).map((version) => (
    <p key={version} className={className} data-testid="locked-version">
      {t("common.versionLocked", { version, approved: rulesText(approved ?? [], t) })}
    </p>
  ));
}
