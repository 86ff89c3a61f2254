import type { TimelineView } from "@/api/native.gen";
import { inDays } from "./catalogue";

function entry(days: number, event: TimelineView["event"], change: Partial<TimelineView>): TimelineView {
  return { at: inDays(days), event, reason: null, rule: null, next_at: null, detail: null, ...change };
}

/** What may have happened to a licence, the newest first. */
export const story: readonly TimelineView[] = [
  entry(-8, "renewed", {
    reason: "verified",
    rule: "S-143",
    next_at: inDays(22),
    detail: "for uma@smith.example",
  }),
  entry(-9, "refused", { reason: "no_seat", rule: "S-138", detail: "You have no seat for this product." }),
  entry(-12, "bridged", { reason: "service_outage", rule: "S-154", next_at: inDays(-11.8) }),
  entry(-38, "granted", {
    reason: "verified",
    rule: "S-143",
    next_at: inDays(-8),
    detail: "for uma@smith.example",
  }),
];
