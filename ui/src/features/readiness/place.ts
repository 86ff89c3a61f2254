import type { MachineChange, MachineFilter, MachineState } from "@/api/readiness";

/** Where on a check's page one is; it stands in the address, so that it can be sent to somebody. */
export interface Place {
  tab?: string;
  state?: string;
  change?: string;
  product?: string;
  rule?: string;
  name?: string;
  machine?: string;
}

export const tabs = ["board", "computers", "silent", "collect", "accepted", "signOff"] as const;

/** A part of a check's page. */
export type Tab = (typeof tabs)[number];

export const machineStates = ["fail", "warn", "accepted", "pass"] as const satisfies readonly MachineState[];
const changes = ["new", "same", "better", "worse"] as const satisfies readonly MachineChange[];

function one<T extends string>(known: readonly T[], value: string | undefined): T | undefined {
  return known.find((item) => item === value);
}

/** The part of a place; the board where the address says nothing known. */
export function tabOf({ tab }: Place): Tab {
  return one(tabs, tab) ?? "board";
}

/** Which computers a place shows. */
export function filterOf({ state, change, product, rule, name }: Place): MachineFilter {
  const wanted = one(machineStates, state);
  const changed = one(changes, change);
  return {
    ...(wanted ? { state: wanted } : {}),
    ...(changed ? { change: changed } : {}),
    ...(rule ? { rule, ...(product ? { product } : {}) } : {}),
    ...(name ? { name } : {}),
  };
}

/** Names as people paste them: one a line, or separated by commas, semicolons or tabs; quotes are left out. */
export function namesIn(text: string): string[] {
  const names = text.split(/[\n\r,;\t]+/).map((name) => name.replaceAll('"', "").trim());
  return [...new Set(names.filter((name) => name !== ""))];
}
