import type { InstallOptions } from "@/api/native.gen";

/** What the person chose; null where the client decides. */
export type Choice = Pick<InstallOptions, "version" | "language" | "components" | "from">;

/** Everything as recommended, from the server. */
export const nothingChosen: Choice = { version: null, language: null, components: null, from: null };
