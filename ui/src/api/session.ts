import { useCallback, useSyncExternalStore } from "react";
import { useQuery, useQueryClient, type Query } from "@tanstack/react-query";
import type { Failure } from "@/lib/failure";
import { keys, type Session } from "./cache";
import { useHost } from "./context";
import type { Host } from "./host";
import { toFailure } from "./normalise";
import type { Me } from "./types";

async function whoAmI(host: Host): Promise<Session> {
  try {
    if (host.native && !(await host.native.app()).signed_in) return { standing: "out" };
    return { standing: "in", me: await host.call("me", {}, null) };
  } catch (cause) {
    const failure = toFailure(cause);
    return failure.code === "not_signed_in" ? { standing: "out" } : { standing: "unreachable", failure };
  }
}

/**
 * Who is there. That the server cannot be reached is an answer, not an error: in the window what is installed goes
 * on working without it.
 */
export function useSession() {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.session,
    queryFn: () => whoAmI(host),
    staleTime: ({ state }) => (state.data?.standing === "unreachable" ? 20_000 : 5 * 60_000),
  });
}

/** The signed-in person; null while nobody is, or the server cannot say who. */
export function useMe(): Me | null {
  const session = useSession().data;
  return session?.standing === "in" ? session.me : null;
}

function saysOffline({ state }: Query): boolean {
  const session = state.data as Session | undefined;
  return (
    (state.error as Failure | null)?.code === "offline" ||
    (session?.standing === "unreachable" && session.failure.code === "offline")
  );
}

/** Whether the last answers say that the server is out of reach. */
export function useOffline(): boolean {
  const cache = useQueryClient().getQueryCache();
  return useSyncExternalStore(
    useCallback((changed: () => void) => cache.subscribe(changed), [cache]),
    () => cache.getAll().some(saysOffline),
  );
}
