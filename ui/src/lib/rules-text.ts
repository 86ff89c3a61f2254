import type { TFunction } from "i18next";

/** The rules of a list of versions: a range has commas of its own, and any of them is enough. */
export function rulesText(rules: readonly string[], t: TFunction): string {
  return rules.join(t("common.or"));
}
