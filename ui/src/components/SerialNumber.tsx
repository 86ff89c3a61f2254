import { useState } from "react";
import { ActionIcon } from "@mantine/core";
import { Eye, EyeOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { CopyAction } from "./CopyAction";
import classes from "./SerialNumber.module.css";

/** A serial number, masked until it is asked for. */
export function SerialNumber({ serial }: { serial: string }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <span className={classes.serial}>
      <code data-testid="serial">{shown ? serial : masked(serial)}</code>
      <ActionIcon
        variant="subtle"
        size="sm"
        aria-pressed={shown}
        aria-label={t(shown ? "products.drawer.hideSerial" : "products.drawer.showSerial")}
        onClick={() => setShown((now) => !now)}
      >
        {shown ? <EyeOff size={15} /> : <Eye size={15} />}
      </ActionIcon>
      <CopyAction value={serial} label={t("products.drawer.copySerial")} />
    </span>
  );
}

/** All but the last four characters hidden. */
function masked(serial: string): string {
  return serial.slice(0, -4).replace(/[^\s-]/g, "•") + serial.slice(-4);
}
