import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { MapPinOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/components/EmptyState";

/** An address without a page. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState
      level={1}
      icon={MapPinOff}
      title={t("shell.notFoundTitle")}
      text={t("shell.notFoundText")}
      action={
        <Button variant="default" renderRoot={(props) => <Link to="/products" {...props} />}>
          {t("shell.notFoundAction")}
        </Button>
      }
    />
  );
}
