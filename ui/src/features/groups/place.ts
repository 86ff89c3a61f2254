import type { TFunction } from "i18next";
import type { Group, GroupHold, GroupProduct } from "@/api/groups";
import type { Contract } from "@/api/types";

/** Where on the groups' page one is; it stands in the address, so that it can be sent to somebody. */
export interface Place {
  contract?: string;
  group?: string;
  product?: string;
}

/** The channel of a group that nobody put on one. */
export const usual = "stable";

/** A product by its name. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** The products of a contract, by name; what the person sees of them names them. */
export function productsOf(
  { subscriptions }: Contract,
  known: readonly { product: string; name: string }[],
): Named[] {
  const ids = [...new Set(subscriptions.map(({ product }) => product))];
  const nameOf = (id: string) => known.find(({ product }) => product === id)?.name ?? id;
  return ids
    .map((id) => ({ id, name: nameOf(id) }))
    .toSorted((left, right) => left.name.localeCompare(right.name));
}

/** A product as it is for one group. */
export interface Terms {
  readonly group: Group;
  readonly product: Named;
}

/** What was said of a product to a group. */
export function saidOf(group: Group, product: string): GroupProduct | undefined {
  return group.products.find((said) => said.product === product);
}

/** A hold that has not ended. */
export function holds(hold: GroupHold | null | undefined, now: number): boolean {
  return Boolean(hold) && (!hold?.ends_at || new Date(hold.ends_at).getTime() > now);
}

/** A channel with what it points at, as far as that is known. */
export function channelText(channel: string, version: string | null | undefined, t: TFunction): string {
  return version ? t("groups.channelVersion", { channel, version }) : channel;
}
