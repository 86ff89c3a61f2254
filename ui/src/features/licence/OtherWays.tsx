import { Button, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Activity, QrCode } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { LicenceAct } from "@/api/native.gen";
import { answerHelps } from "./rules";

interface Props {
  product: string;
  /** What would help, as the judge says. */
  act: LicenceAct;
  onLeave: () => void;
}

/** What can be done without signing in here and now: by file or QR code where that could help, or finding out what is in the way. */
export function OtherWays({ product, act, onLeave }: Props) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      {answerHelps(act) ? (
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
      ) : null}
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
