import { createContext, use } from "react";
import type { FeedStore } from "./feed-store";
import type { Host } from "./host";

/** The host and its feed, for everything below. */
export interface Around {
  readonly host: Host;
  readonly feed: FeedStore;
}

/** Where the host is put once, at the start. */
export const HostContext = createContext<Around | null>(null);

/** The host around the pages. */
export function useHost(): Around {
  const around = use(HostContext);
  if (!around) throw new Error("the pages need a host around them");
  return around;
}
