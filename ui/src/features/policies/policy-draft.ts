import type { Cadence, Day, UpdatePolicyRule } from "@/api/update-policies";
import type { policyFaults } from "@/lib/i18n/en/policies";

/** Days as they are being typed: a number, or text that is not complete yet. */
export type TypedDays = number | string;

/** A ring as it is being written. */
export interface RingDraft {
  readonly group: string;
  readonly delay: TypedDays;
}

/** A freeze as it is being written; both days may still be empty. */
export interface FreezeDraft {
  readonly from: string;
  readonly to: string;
}

/** A policy as it is being written. */
export interface PolicyDraft {
  readonly name: string;
  readonly products: readonly string[];
  readonly target: string;
  readonly disabled: boolean;
  readonly cadence: Cadence;
  readonly day: Day;
  readonly time: string;
  readonly age: TypedDays;
  readonly groups: readonly string[];
  readonly people: readonly string[];
  readonly rings: readonly RingDraft[];
  readonly freezes: readonly FreezeDraft[];
}

/** Changes a part of it. */
export type ChangeDraft = (part: Partial<PolicyDraft>) => void;

/** Where something is wrong, and what. */
export interface Fault {
  readonly at: "name" | "target" | "time" | "age" | "whom" | `ring-${number}` | `freeze-${number}`;
  readonly text: Exclude<keyof typeof policyFaults, "unchanged">;
}

export const cadences: readonly Cadence[] = ["weekly", "monthly", "quarterly"];
export const days: readonly Day[] = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
];

/** The minimum age in days that a cadence has unless somebody says otherwise (B-16). */
export const usualAge: Readonly<Record<Cadence, number>> = { weekly: 4, monthly: 15, quarterly: 45 };

const mostDays = 365;
const mostNameBytes = 100;
const fullVersion = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** What a new policy begins with. */
export const newDraft: PolicyDraft = {
  name: "",
  products: [],
  target: "",
  disabled: false,
  cadence: "monthly",
  day: "thursday",
  time: "20:00",
  age: usualAge.monthly,
  groups: [],
  people: [],
  rings: [],
  freezes: [],
};

/** What is said, ready to be changed. */
export function draftOf(rule: UpdatePolicyRule): PolicyDraft {
  const { schedule } = rule;
  const rings = (rule.rings ?? []).map(({ group, delay_days: delay }) => ({ group, delay }));
  return {
    ...newDraft,
    name: rule.name,
    products: rule.products ?? [],
    target: rule.target ?? "",
    disabled: !schedule,
    ...(schedule
      ? {
          cadence: schedule.cadence,
          day: schedule.day,
          time: schedule.time.slice(0, 5),
          age: schedule.minimum_age_days ?? usualAge[schedule.cadence],
        }
      : {}),
    groups: rule.groups ?? [],
    people: rule.people ?? [],
    rings: rings.toSorted((left, right) => left.delay - right.delay),
    freezes: rule.freezes ?? [],
  };
}

/** Another cadence; an age that nobody changed goes along with it. */
export function atCadence({ cadence: before, age }: PolicyDraft, cadence: Cadence): Partial<PolicyDraft> {
  return age === usualAge[before] ? { cadence, age: usualAge[cadence] } : { cadence };
}

/** What the draft says, once it has no faults. */
export function ruleOf(draft: PolicyDraft): UpdatePolicyRule {
  const { cadence, day, time, target } = draft;
  const age = Number(draft.age);
  const own = age === usualAge[cadence] ? {} : { minimum_age_days: age };
  const rings = draft.rings.map(({ group, delay }) => ({ group, delay_days: Number(delay) }));
  return {
    name: draft.name.trim(),
    products: [...draft.products],
    ...(draft.disabled ? {} : { schedule: { cadence, day, time: `${time}:00`, ...own } }),
    ...(target.trim() ? { target: target.trim() } : {}),
    groups: [...draft.groups],
    people: [...draft.people],
    rings: rings.toSorted((left, right) => left.delay_days - right.delay_days),
    freezes: draft.freezes.map(({ from, to }) => ({ from, to })),
  };
}

/** Whether two drafts say the same, in whatever order something was ticked. */
export function saysTheSame(left: PolicyDraft, right: PolicyDraft): boolean {
  return JSON.stringify(ordered(left)) === JSON.stringify(ordered(right));
}

function ordered(draft: PolicyDraft): UpdatePolicyRule {
  const { products, groups, people } = draft;
  const sorted = { products: products.toSorted(), groups: groups.toSorted(), people: people.toSorted() };
  return ruleOf({ ...draft, ...sorted });
}

/** Everything that keeps a draft from being saved, in the order of the form. */
export function faultsOf(draft: PolicyDraft, otherNames: readonly string[]): Fault[] {
  return [
    ...nameFaults(draft.name.trim(), otherNames),
    ...(draft.disabled ? [] : scheduleFaults(draft)),
    ...targetFaults(draft),
    ...whomFaults(draft),
    ...draft.rings.flatMap((ring, index) => ringFaults(ring, index, draft.rings)),
    ...draft.freezes.flatMap(freezeFaults),
  ];
}

function nameFaults(name: string, otherNames: readonly string[]): Fault[] {
  if (name === "") return [{ at: "name", text: "nameMissing" }];
  if (new TextEncoder().encode(name).length > mostNameBytes) return [{ at: "name", text: "nameLong" }];
  const taken = otherNames.some((other) => other.toLowerCase() === name.toLowerCase());
  return taken ? [{ at: "name", text: "nameTaken" }] : [];
}

function scheduleFaults({ time, age }: PolicyDraft): Fault[] {
  const faults: Fault[] = [];
  if (!/^\d\d:\d\d$/.test(time)) faults.push({ at: "time", text: "timeMissing" });
  if (!isDays(age)) faults.push({ at: "age", text: "ageBad" });
  return faults;
}

function targetFaults({ target, products }: PolicyDraft): Fault[] {
  if (target.trim() === "") return [];
  if (products.length !== 1) return [{ at: "target", text: "targetProducts" }];
  return fullVersion.test(target.trim()) ? [] : [{ at: "target", text: "targetVersion" }];
}

function whomFaults({ groups, people, rings }: PolicyDraft): Fault[] {
  return groups.length + people.length + rings.length > 0 ? [] : [{ at: "whom", text: "whomMissing" }];
}

function ringFaults({ group, delay }: RingDraft, index: number, rings: readonly RingDraft[]): Fault[] {
  const at = `ring-${index}` as const;
  if (group === "") return [{ at, text: "ringGroup" }];
  if (rings.findIndex((ring) => ring.group === group) < index) return [{ at, text: "ringTwice" }];
  return isDays(delay) ? [] : [{ at, text: "ringDelay" }];
}

function freezeFaults({ from, to }: FreezeDraft, index: number): Fault[] {
  const at = `freeze-${index}` as const;
  if (from === "" || to === "") return [{ at, text: "freezeDays" }];
  return to < from ? [{ at, text: "freezeOrder" }] : [];
}

function isDays(typed: TypedDays): boolean {
  const count = typed === "" ? NaN : Number(typed);
  return Number.isInteger(count) && count >= 0 && count <= mostDays;
}
