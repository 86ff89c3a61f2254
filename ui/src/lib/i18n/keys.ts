import type { ParseKeys } from "i18next";

/** A key of the texts; anything else does not compile. */
export type TextKey = ParseKeys;
