import type { DefaultAction } from "@/api/types";

/** A way to get a product in the window (S-115). */
export type Way = "install_now" | "download_now";

/** The ways in the order in which they are offered, and whether the first is recommended to this person (S-116). */
export interface Ways {
  readonly main: Way;
  readonly others: readonly Way[];
  /** Only what the service says is the usual way is recommended (S-117). */
  readonly recommended: boolean;
}

const all: readonly Way[] = ["install_now", "download_now"];

/** A way to get a product in a browser: through the program, or by its files. */
export type BrowserWay = "install_now" | "browser_download";

/**
 * The way that a browser offers first to somebody whose usual way that is (S-116). Whoever fetches into a folder in the
 * window gets the same folder from the page.
 */
export function browserWayFor(usual: DefaultAction): BrowserWay {
  return usual === "install_now" ? "install_now" : "browser_download";
}

/** The ways of the window for somebody whose usual way that is. */
export function waysFor(usual: DefaultAction): Ways {
  const main = all.find((way) => way === usual) ?? "install_now";
  return { main, others: all.filter((way) => way !== main), recommended: main === usual };
}
