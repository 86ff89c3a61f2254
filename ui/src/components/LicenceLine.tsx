import { BadgeCheck, BadgeX, Clock3 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { date } from "@/lib/format";
import classes from "./LicenceLine.module.css";

/** The standings of a licence, as the client names them. */
export type StandingName =
  "none" | "start" | "active" | "due" | "grace" | "lapsed" | "revoked" | "outage" | "clock_suspect";

/** What the line needs to know of a licence. */
export interface LicenceFacts {
  readonly standing: StandingName;
  readonly may_run: boolean;
  readonly sentence: string;
  readonly works_offline_until: string | null;
}

/** How good a standing is. */
export const standingTone: Record<StandingName, "ok" | "warn" | "bad"> = {
  none: "warn",
  start: "ok",
  active: "ok",
  due: "warn",
  grace: "warn",
  lapsed: "bad",
  revoked: "bad",
  outage: "warn",
  clock_suspect: "bad",
};

const icons = { ok: BadgeCheck, warn: Clock3, bad: BadgeX } as const;

/** A licence in one line: what it allows, and until when. */
export function LicenceLine({ licence }: { licence: LicenceFacts }) {
  const { t } = useTranslation();
  const tone = standingTone[licence.standing];
  const Icon = icons[tone];
  const calm = tone === "ok" && licence.works_offline_until;
  return (
    <p className={classes.line} data-tone={tone}>
      <Icon size={17} aria-hidden="true" />
      <span>{calm ? t("licence.worksOffline", { date: date(calm) }) : licence.sentence}</span>
    </p>
  );
}
