import { Button, Stack } from "@mantine/core";
import { Laptop } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFreeDevice } from "@/api/licence-queries";
import type { DeviceInUseView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import { moment, platform } from "@/lib/format";
import classes from "./GateDialog.module.css";

interface DevicesInUseProps {
  product: string;
  devices: readonly DeviceInUseView[];
  onFreed: () => void;
}

/** The other computers that hold the product; one of them is freed here and at once (B-25). */
export function DevicesInUse({ product, devices, onFreed }: DevicesInUseProps) {
  const { t } = useTranslation();
  const free = useFreeDevice(product);
  return (
    <Stack gap="sm">
      <p className={classes.lead}>{t("gate.devices")}</p>
      {free.error ? <FailureNotice failure={free.error} /> : null}
      <ul className={classes.devices}>
        {devices.map((device) => (
          <li key={device.device}>
            <div>
              <p>
                <Laptop size={16} aria-hidden="true" /> {device.name}
              </p>
              <p className={classes.small}>
                {t("gate.lastUsed", {
                  platform: platform(device.platform),
                  date: moment(device.last_used_at),
                })}
              </p>
            </div>
            <Button
              size="xs"
              data-testid={`free-${device.device}`}
              aria-label={t("gate.freeNamed", { name: device.name })}
              loading={free.isPending && free.variables === device.device}
              disabled={free.isPending}
              onClick={() => free.mutate(device.device, { onSuccess: onFreed })}
            >
              {t("gate.free")}
            </Button>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
