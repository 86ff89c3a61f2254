import { Button, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Activity, QrCode } from "lucide-react";
import { useTranslation } from "react-i18next";

/** What can be done without signing in here and now: by file or QR code, or finding out what is in the way. */
export function OtherWays({ product, onLeave }: { product: string; onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        leftSection={<QrCode size={14} />}
        data-testid="without-network"
        onClick={onLeave}
        renderRoot={(props) => (
          <Link to="/products/$product/licence" params={{ product }} hash="offline" {...props} />
        )}
      >
        {t("gate.withoutNetwork")}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<Activity size={14} />}
        onClick={onLeave}
        renderRoot={(props) => <Link to="/support/connection" {...props} />}
      >
        {t("gate.findOut")}
      </Button>
    </Group>
  );
}
