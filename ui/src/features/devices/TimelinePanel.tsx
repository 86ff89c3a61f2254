import { useTranslation } from "react-i18next";
import { useTimeline } from "@/api/devices";
import type { DeviceEvent, TimelineEntry } from "@/api/types";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Panel } from "@/components/Panel";
import { moment } from "@/lib/format";
import classes from "./TimelinePanel.module.css";

type Tone = "ok" | "warn" | "plain";

/** How much an event asks of whoever reads it. */
const tones: Partial<Record<DeviceEvent, Tone>> = {
  lease_granted: "ok",
  lease_verified: "ok",
  lease_renewed: "ok",
  offline_answered: "ok",
  lease_refused: "warn",
  released: "warn",
  signed_out_remotely: "warn",
};

interface TimelinePanelProps {
  device: string;
  nameOf: (product: string) => string;
}

/** What happened to the licences of a computer, and why; the newest first. */
export function TimelinePanel({ device, nameOf }: TimelinePanelProps) {
  const { t } = useTranslation();
  const timeline = useTimeline(device);
  return (
    <Panel title={t("devices.timeline")} lead={t("devices.timelineLead")}>
      {timeline.isPending ? <Loading /> : null}
      {timeline.error ? (
        <FailureNotice failure={timeline.error} remedies={{ retry: () => void timeline.refetch() }} />
      ) : null}
      {timeline.data?.length === 0 ? <p>{t("devices.timelineEmpty")}</p> : null}
      <ol className={classes.timeline}>
        {timeline.data?.map((entry) => (
          <Entry key={entry.entry} entry={entry} nameOf={nameOf} />
        ))}
      </ol>
    </Panel>
  );
}

function Entry({ entry, nameOf }: { entry: TimelineEntry; nameOf: (product: string) => string }) {
  const { t } = useTranslation();
  const words = t(`devices.event.${entry.event}`, { product: entry.product ? nameOf(entry.product) : "" });
  return (
    <li className={classes.entry} data-tone={tones[entry.event] ?? "plain"}>
      <time className={classes.time} dateTime={entry.at}>
        {moment(entry.at)}
      </time>
      <div>
        <p className={classes.event}>{entry.by ? t("devices.by", { words, person: entry.by }) : words}</p>
        {entry.detail ? <p className={classes.detail}>{entry.detail.replaceAll("`", "")}</p> : null}
        {entry.next_at ? (
          <p className={classes.detail}>
            {t(entry.event === "lease_refused" ? "devices.worksOnUntil" : "devices.nextDate", {
              date: moment(entry.next_at),
            })}
          </p>
        ) : null}
      </div>
    </li>
  );
}
