import type { TFunction } from "i18next";
import type { Fate, PolicyPreview, PreviewComputer, PreviewCount } from "@/api/update-policies";

/** What becomes of computers, in the words of the headline. */
export interface Sums {
  /** When the first are due, by their own walls; null where none is. */
  readonly first: string | null;
  readonly firstCount: number;
  readonly later: number;
  readonly held: number;
  readonly free: number;
  readonly current: number;
}

/** When a release is installed by itself; null where it is not. */
export function dueOf(fate: Fate | null | undefined): string | null {
  const decision = fate?.decision;
  if (decision?.state === "due") return decision.at;
  return decision?.state === "not_before" ? (decision.due ?? null) : null;
}

type Outcome = "due" | "held" | "free" | "current";

/** What becomes of a computer; whoever waits for something that never comes by itself is held. */
export function outcomeOf(fate: Fate | null | undefined): Outcome {
  if (!fate) return "current";
  if (dueOf(fate) !== null) return "due";
  return fate.decision.state === "free" ? "free" : "held";
}

/** The headline: who comes first, how many later, and who not. */
export function sumsOf({ counts }: PolicyPreview): Sums {
  const first =
    counts
      .map(({ fate }) => dueOf(fate))
      .filter((due) => due !== null)
      .toSorted()
      .at(0) ?? null;
  const sum = (which: (count: PreviewCount) => boolean) =>
    counts.filter(which).reduce((total, { computer_count }) => total + computer_count, 0);
  const of = (outcome: Outcome) => sum(({ fate }) => outcomeOf(fate) === outcome);
  const firstCount = sum(({ fate }) => first !== null && dueOf(fate) === first);
  return {
    first,
    firstCount,
    later: of("due") - firstCount,
    held: of("held"),
    free: of("free"),
    current: of("current"),
  };
}

/** What tells computers that fare alike from others. */
export function likeness({
  product,
  fate,
}: Pick<PreviewComputer | PreviewCount, "product" | "fate">): string {
  return JSON.stringify([product, fate ?? null]);
}

// Times of a preview are those of walls in many places; none of them is moved into the reader's zone.
const zone = { timeZone: "UTC" } as const;
const weekday = new Intl.DateTimeFormat("en-GB", { ...zone, weekday: "long" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", { ...zone, day: "numeric", month: "long" });

/** A time on a wall: `Thursday 26 November, 20:00`. */
export function wallTime(at: string): string {
  const time = new Date(`${at}Z`);
  return `${weekday.format(time)} ${dayOfYear.format(time)}, ${at.slice(11, 16)}`;
}

/** The same, or that it is made up for at once where it has passed everywhere. */
export function dueText(due: string, now: number, t: TFunction): string {
  return new Date(`${due}-12:00`).getTime() < now ? t("policyPreview.atOnce") : wallTime(due);
}

/** Why it is not installed, or not yet; null where nothing is in the way. */
export function reasonOf(fate: Fate | null | undefined, t: TFunction): string | null {
  const decision = fate?.decision;
  if (decision?.state !== "not_before" && decision?.state !== "never") return null;
  const { why } = decision;
  const held =
    why.word === "hold" ? { group: why.group_name, reason: why.reason } : { group: "", reason: "" };
  const told =
    decision.state === "not_before"
      ? t(`policyPreview.waits.${decision.why.word}`, { until: wallTime(decision.at), ...held })
      : t(`policyPreview.nevers.${decision.why.word}`, held);
  return told.trim();
}
