import { useTranslation } from "react-i18next";
import type { LicenceView } from "@/api/native.gen";
import type { TextKey } from "@/lib/i18n/keys";
import { moment, relative } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import classes from "./LicenceDates.module.css";

interface Milestone {
  readonly label: TextKey;
  readonly at: string;
}

/** The dates of a licence in their order, with today among them. */
export function LicenceDates({ licence }: { licence: LicenceView }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <ol className={classes.dates}>
      {milestones(licence).map(({ label, at }) => (
        <li key={label} data-past={new Date(at).getTime() < now || undefined}>
          <span className={classes.label}>{t(label)}</span>
          <span className={classes.date}>
            <time dateTime={at}>{moment(at)}</time>
            <span>{relative(at, now)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function milestones(licence: LicenceView): Milestone[] {
  const all: readonly [TextKey, string | null][] = [
    ["licence.verified", licence.verified_at],
    ["licence.verifyBy", licence.verify_by],
    ["licence.offlineUntil", licence.works_offline_until],
    ["licence.contractEnds", licence.contract_ends_at],
  ];
  return all
    .flatMap(([label, at]) => (at === null ? [] : [{ label, at }]))
    .toSorted((left, right) => new Date(left.at).getTime() - new Date(right.at).getTime());
}
