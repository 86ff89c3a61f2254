import type { TFunction } from "i18next";
import { bytes, rate } from "@/lib/format";

type Shape = Readonly<Record<string, unknown>>;

function shape(value: unknown): Shape {
  return typeof value === "object" && value !== null ? (value as Shape) : {};
}

/** What was measured, in words. Values of kinds that are not known here are shown as they are written. */
export function factText(name: string, fact: unknown, t: TFunction): string {
  const { known, unknown } = shape(fact);
  if (typeof unknown === "string") return t("readinessMachines.unknown", { reason: unknown });
  const [kind, value] = Object.entries(shape(known))[0] ?? ["", ""];
  if (kind === "bytes" && typeof value === "number")
    return name === "network.throughput" ? rate(value) : bytes(value);
  if (kind === "flag") return t(value === true ? "readinessMachines.yes" : "readinessMachines.no");
  if (kind === "words" && Array.isArray(value)) return value.join(", ") || t("common.none");
  return typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
}
