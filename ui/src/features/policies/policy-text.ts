import type { TFunction } from "i18next";
import type { Group } from "@/api/groups";
import type { UpdatePolicy, UpdatePolicyRule } from "@/api/update-policies";
import { usualAge } from "./policy-draft";

/** What a policy does, in one sentence. */
export function sentenceOf({ schedule }: UpdatePolicyRule, t: TFunction): string {
  if (!schedule) return t("policies.disabledSentence");
  const day = t(`policies.days.${schedule.day}`);
  const slot = t(`policies.slots.${schedule.cadence}`, { day, time: schedule.time.slice(0, 5) });
  const count = schedule.minimum_age_days ?? usualAge[schedule.cadence];
  return t("policies.sentence", { slot, count });
}

/** Which products it is for, and at which release it stays. */
export function productsOf(rule: UpdatePolicyRule, names: ReadonlyMap<string, string>, t: TFunction): string {
  const products = (rule.products ?? []).map((product) => names.get(product) ?? product);
  if (products.length === 0) return t("policies.allProducts");
  const [product] = products;
  return rule.target && product
    ? t("policies.staysAt", { product, version: rule.target })
    : products.join(", ");
}

/** Whom it is for: groups, rings in their order, how many people. */
export function whomOf(rule: UpdatePolicyRule, groups: readonly Group[], t: TFunction): string[] {
  const named = new Map(groups.map(({ group, name }) => [group, name]));
  const nameOf = (group: string) => named.get(group) ?? t("policies.goneGroup");
  const rings = (rule.rings ?? []).toSorted((left, right) => left.delay_days - right.delay_days);
  const people = rule.people?.length ?? 0;
  return [
    ...(rule.groups ?? []).map(nameOf),
    ...rings.map(({ group, delay_days: count }) => t("policies.ring", { group: nameOf(group), count })),
    ...(people > 0 ? [t("policies.people", { count: people })] : []),
  ];
}

/** How a policy stands on a day. */
export type Standing =
  { readonly state: "halted" | "disabled" | "on" } | { readonly state: "frozen"; readonly until: string };

/** How a policy stands on a day such as `2026-11-22`; of several freezes the one that ends last is told. */
export function standingOf({ halted, rule }: UpdatePolicy, today: string): Standing {
  if (halted) return { state: "halted" };
  if (!rule.schedule) return { state: "disabled" };
  const ends = (rule.freezes ?? [])
    .filter(({ from, to }) => from <= today && today <= to)
    .map(({ to }) => to);
  const until = ends.toSorted().at(-1);
  return until ? { state: "frozen", until } : { state: "on" };
}
