import { useTranslation } from "react-i18next";
import type { VolumeView } from "@/api/native.gen";
import { PathText } from "@/components/PathText";
import { bytes } from "@/lib/format";
import classes from "./Volumes.module.css";

/** What is needed of each volume. */
export function Volumes({ volumes }: { volumes: readonly VolumeView[] }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.volumes} data-testid="plan-volumes">
      {volumes.map((volume) => (
        <li key={volume.mount} data-short={volume.is_short || undefined}>
          <span className={classes.mount}>
            <PathText path={volume.mount} />
          </span>{" "}
          {t(volume.is_short ? "install.volumeShort" : "install.volume", {
            need: bytes(volume.needed_bytes),
            free: bytes(volume.free_bytes),
          })}
        </li>
      ))}
    </ul>
  );
}
