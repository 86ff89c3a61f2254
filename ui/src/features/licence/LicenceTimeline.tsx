import { useTranslation } from "react-i18next";
import { useLicenceTimeline } from "@/api/licence-queries";
import type { TimelineView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Panel } from "@/components/Panel";
import { moment } from "@/lib/format";
import { ruleWords } from "./rules";
import classes from "./LicenceTimeline.module.css";

/** What happened to the licence on this computer, and why; the newest first. */
export function LicenceTimeline({ product }: { product: string }) {
  const { t } = useTranslation();
  const timeline = useLicenceTimeline(product);
  return (
    <Panel title={t("carried.timeline")} lead={t("carried.timelineLead")}>
      {timeline.isPending ? <Loading /> : null}
      {timeline.error ? (
        <FailureNotice failure={timeline.error} remedies={{ retry: () => void timeline.refetch() }} />
      ) : null}
      {timeline.data?.length === 0 ? <p>{t("carried.timelineEmpty")}</p> : null}
      <ol className={classes.timeline} data-testid="licence-timeline">
        {timeline.data?.map((entry) => (
          <Entry key={`${entry.at} ${entry.event} ${entry.reason ?? ""}`} entry={entry} />
        ))}
      </ol>
    </Panel>
  );
}

function Entry({ entry }: { entry: TimelineView }) {
  const { t } = useTranslation();
  const rule = entry.rule ? ruleWords(entry.rule) : null;
  return (
    <li className={classes.entry} data-event={entry.event}>
      <time className={classes.time} dateTime={entry.at}>
        {moment(entry.at)}
      </time>
      <div className={classes.words}>
        <p className={classes.event}>
          {t(`carried.event.${entry.event}`)}
          {entry.reason ? <code>{entry.reason}</code> : null}
        </p>
        {rule ? <p>{t(rule)}</p> : null}
        {entry.detail ? <p>{entry.detail}</p> : null}
        {entry.next_at ? <p>{t("carried.nextDate", { date: moment(entry.next_at) })}</p> : null}
      </div>
    </li>
  );
}
