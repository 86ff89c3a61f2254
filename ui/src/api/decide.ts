import { browserHost } from "./browser";
import type { Host } from "./host";
import { windowHost } from "./tauri";

/** Which host the pages run in; the window is told by what Tauri leaves on it. */
export function decideHost(): Host {
  return "__TAURI_INTERNALS__" in window ? windowHost() : browserHost();
}
