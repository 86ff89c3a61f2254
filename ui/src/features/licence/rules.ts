import type { LicenceAct } from "@/api/native.gen";
import type { TextKey } from "@/lib/i18n/keys";

/** The rules that decisions about licences rest on, each with its words. */
const words = {
  "S-120": "gate.rules.s120",
  "S-138": "gate.rules.s138",
  "S-143": "gate.rules.s143",
  "S-154": "gate.rules.s154",
  "B-21": "gate.rules.b21",
  "B-22": "gate.rules.b22",
  "B-24": "gate.rules.b24",
  "B-25": "gate.rules.b25",
  "B-26": "gate.rules.b26",
  "B-28": "gate.rules.b28",
  X5: "gate.rules.x5",
} as const satisfies Record<string, TextKey>;

/** The words of a rule; null for one of a newer program. */
export function ruleWords(rule: string): TextKey | null {
  return rule in words ? words[rule as keyof typeof words] : null;
}

/** Whether an answer that is carried here could help: it is refused where a seat, a contract or a place is missing. */
export function answerHelps(act: LicenceAct): boolean {
  return act === "sign_in" || act === "go_online";
}
