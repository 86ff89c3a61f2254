import type { LimitChoice } from "@/api/native.gen";

/** The least that the client takes for a limit, in bytes a second. */
export const leastRate = 16_000;

const million = 1e6;

/** A rate as it is being typed, in MB a second: a number, or text that is not complete yet; empty where there is none. */
export type TypedRate = number | string;

/** A limit as it is being typed. */
export interface LimitDraft {
  readonly usual: TypedRate;
  readonly hasHours: boolean;
  readonly from: string;
  readonly to: string;
  readonly inHours: TypedRate;
}

function inMillions(rate: number | null): TypedRate {
  return rate === null ? "" : rate / million;
}

function meant(typed: TypedRate): number | null {
  return typed === "" ? null : Math.round(Number(typed) * million);
}

/** What is set, ready to be changed. */
export function draftOf(limit: LimitChoice): LimitDraft {
  return {
    usual: inMillions(limit.usual_bytes_per_s),
    hasHours: limit.hours !== null,
    from: limit.hours?.from ?? "08:00",
    to: limit.hours?.to ?? "18:00",
    inHours: inMillions(limit.hours?.bytes_per_s ?? null),
  };
}

/** What the draft means. */
export function choiceOf(draft: LimitDraft): LimitChoice {
  const { from, to } = draft;
  return {
    usual_bytes_per_s: meant(draft.usual),
    hours: draft.hasHours ? { from, to, bytes_per_s: meant(draft.inHours) } : null,
  };
}

/** Whether a rate is too small to be a limit. */
export function isTooSmall(rate: TypedRate): boolean {
  const bytes = meant(rate);
  return bytes !== null && bytes < leastRate;
}

/** Whether the two ends leave it open which hours are meant. */
export function hasNoHours({ hasHours, from, to }: LimitDraft): boolean {
  return hasHours && (from === "" || from === to);
}

/** Whether it makes sense as it stands. */
export function isSound(draft: LimitDraft): boolean {
  return !isTooSmall(draft.usual) && !hasNoHours(draft) && !(draft.hasHours && isTooSmall(draft.inHours));
}
