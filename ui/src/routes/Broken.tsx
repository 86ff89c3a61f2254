import { Button } from "@mantine/core";
import { Unplug } from "lucide-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/components/EmptyState";

/** A page that failed to draw itself. What runs in the background does not depend on it. */
export function Broken() {
  const { t } = useTranslation();
  return (
    <EmptyState
      level={1}
      icon={Unplug}
      title={t("shell.brokenTitle")}
      text={t("shell.brokenText")}
      action={<Button onClick={() => window.location.reload()}>{t("shell.brokenAction")}</Button>}
    />
  );
}
