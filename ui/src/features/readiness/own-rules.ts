import type { TFunction } from "i18next";
import type { RuleJson } from "@/api/readiness";

/** The rules that a form can write; everything else is written as JSON. */
export const ruleKinds = [
  "disk",
  "memory",
  "cores",
  "gpu_memory",
  "volume",
  "software",
  "port",
  "no_restart",
] as const;

/** One of them. */
export type RuleKind = (typeof ruleKinds)[number];

/** What has to be said of a kind: an amount with a unit, a number, the name of a thing. */
export const asks = {
  disk: { amount: "size", subject: false },
  memory: { amount: "size", subject: false },
  cores: { amount: "count", subject: false },
  gpu_memory: { amount: "size", subject: false },
  volume: { amount: "size", subject: true },
  software: { amount: null, subject: true },
  port: { amount: null, subject: true },
  no_restart: { amount: null, subject: false },
} as const satisfies Record<RuleKind, { amount: "size" | "count" | null; subject: boolean }>;

const conditions: Record<RuleKind, (amount: number, subject: string) => RuleJson> = {
  disk: (amount) => ({ fact: "disk.free_bytes", at_least: `${amount} GB` }),
  memory: (amount) => ({ fact: "memory.total_bytes", at_least: `${amount} GB` }),
  cores: (amount) => ({ fact: "cpu.cores", at_least: amount }),
  gpu_memory: (amount) => ({ fact: "gpu.memory_bytes", at_least: `${amount} GB` }),
  volume: (amount, subject) => ({ fact: `volume.free_bytes:${subject}`, at_least: `${amount} GB` }),
  software: (_, subject) => ({ fact: `software.present:${subject}`, is: true }),
  port: (_, subject) => ({ fact: `port.free:${subject}`, is: true }),
  no_restart: () => ({ fact: "system.restart_pending", is: false }),
};

/** A short word that no other rule of the list has. */
function freeId(wanted: string, rules: readonly RuleJson[]): string {
  const taken = new Set(rules.map(({ id }) => id));
  const plain = wanted
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const base = plain.slice(0, 56) || "rule";
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!taken.has(id)) return id;
  }
}

/** The rule that the form describes. */
export function ruleOf(
  kind: RuleKind,
  amount: number,
  subject: string,
  rules: readonly RuleJson[],
  t: TFunction,
): RuleJson {
  return {
    id: freeId(asks[kind].subject ? `${kind} ${subject}` : kind, rules),
    text: t(`readinessNew.texts.${kind}`, { subject }),
    fix: t(`readinessNew.fixes.${kind}`, { subject }),
    minimum: conditions[kind](amount, subject),
  };
}

/** Rules as a person wrote them; null where that is not a list of objects. */
export function parsed(text: string): RuleJson[] | null {
  if (text.trim() === "") return [];
  try {
    const value: unknown = JSON.parse(text);
    const good = Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null);
    return good ? (value as RuleJson[]) : null;
  } catch {
    return null;
  }
}

/** Rules as a person reads and changes them. */
export function written(rules: readonly RuleJson[]): string {
  return rules.length === 0 ? "" : JSON.stringify(rules, null, 2);
}

/** A rule's text, in English if there are several. */
export function textOf({ text, id }: RuleJson): string {
  if (typeof text === "string") return text;
  const several = typeof text === "object" && text !== null ? (text as Record<string, unknown>) : {};
  const found = several["en"] ?? Object.values(several)[0] ?? id;
  return typeof found === "string" ? found : "?";
}
