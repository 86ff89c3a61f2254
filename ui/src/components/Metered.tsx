import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { bytes } from "@/lib/format";
import { Notice } from "./Notice";

interface MeteredProps {
  /** How much would be fetched. */
  size: number;
  agreed: boolean;
  onAgreed: (agreed: boolean) => void;
  className?: string | undefined;
}

/** Much over a metered network costs somebody money: the person says whether (B-05). */
export function Metered({ size, agreed, onAgreed, className }: MeteredProps) {
  const { t } = useTranslation();
  return (
    <Notice tone="warn" title={t("install.metered")} className={className}>
      <p>{t("install.meteredText", { size: bytes(size) })}</p>
      <Checkbox
        mt="xs"
        data-testid="accept-metered"
        checked={agreed}
        onChange={(event) => onAgreed(event.currentTarget.checked)}
        label={t("install.meteredAgree", { size: bytes(size) })}
      />
    </Notice>
  );
}
