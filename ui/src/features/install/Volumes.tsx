import { useTranslation } from "react-i18next";
import type { VolumeView } from "@/api/native.gen";
import { PathText } from "@/components/PathText";
import { bytes } from "@/lib/format";
import classes from "./Volumes.module.css";

/** Whether a volume has too little room. */
export function isShort({ needed_bytes, free_bytes }: VolumeView): boolean {
  return needed_bytes > free_bytes;
}

/** What is needed of each volume, where that says more than the sizes: several are written to, or one is short. */
export function Volumes({ volumes }: { volumes: readonly VolumeView[] }) {
  const { t } = useTranslation();
  if (volumes.length < 2 && !volumes.some(isShort)) return null;
  return (
    <ul className={classes.volumes} data-testid="plan-volumes">
      {volumes.map((volume) => (
        <li key={volume.mount} data-short={isShort(volume) || undefined}>
          <span className={classes.mount}>
            <PathText path={volume.mount} />
          </span>{" "}
          {t(isShort(volume) ? "install.volumeShort" : "install.volume", {
            need: bytes(volume.needed_bytes),
            free: bytes(volume.free_bytes),
          })}
        </li>
      ))}
    </ul>
  );
}
