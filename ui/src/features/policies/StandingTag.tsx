import { useTranslation } from "react-i18next";
import type { UpdatePolicy } from "@/api/update-policies";
import { Tag } from "@/components/Tag";
import { dayIn } from "@/lib/day-field";
import { date } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { standingOf } from "./policy-text";

const tones = { on: "ok", halted: "bad", disabled: "plain", frozen: "warn" } as const;

/** How a policy stands today. */
export function StandingTag({ policy }: { policy: UpdatePolicy }) {
  const { t } = useTranslation();
  const standing = standingOf(policy, dayIn(0, useNow()));
  const until = standing.state === "frozen" ? date(standing.until) : "";
  return <Tag tone={tones[standing.state]}>{t(`policies.states.${standing.state}`, { date: until })}</Tag>;
}
