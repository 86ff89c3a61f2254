import { Button } from "@mantine/core";
import { CircleSlash } from "lucide-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/components/EmptyState";

/** It was cancelled, and nothing was changed. */
export function Cancelled({ name, onAgain }: { name: string; onAgain: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={CircleSlash}
      title={t("install.cancelledTitle")}
      text={t("install.cancelledText", { name })}
      action={<Button onClick={onAgain}>{t("install.startOver")}</Button>}
    />
  );
}
