import type { ComponentView, InstallOptions } from "@/api/native.gen";

/** What the person chose; null where the client decides. */
export type Choice = Pick<
  InstallOptions,
  "version" | "language" | "components" | "from" | "adopt" | "folder" | "desktop_shortcut"
>;

/** Everything as recommended, from the server. */
export const nothingChosen: Choice = {
  version: null,
  language: null,
  components: null,
  from: null,
  adopt: null,
  folder: null,
  desktop_shortcut: null,
};

/** The ids that are chosen once the choice of one of them is turned round. */
export function toggled(components: readonly ComponentView[], id: string): string[] {
  const chosen = components.filter((item) => (item.id === id ? !item.selected : item.selected));
  return chosen.map((item) => item.id);
}

/** How the person wants it fetched and installed. */
export interface Wishes {
  /** Whether much may be fetched over a metered network. */
  readonly metered: boolean;
  /** A time such as `22:00` at which it is installed; null for at once. */
  readonly later: string | null;
}

/** At once, and not over what costs. */
export const noWishes: Wishes = { metered: false, later: null };
