import { QueryCache, QueryClient } from "@tanstack/react-query";
import { Failure } from "@/lib/failure";
import type { Me } from "./types";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: Failure;
  }
}

/** Who is there, as far as can be said. */
export type Session =
  | { readonly standing: "in"; readonly me: Me }
  | { readonly standing: "out" }
  | { readonly standing: "unreachable"; readonly failure: Failure };

/** The keys of the cache, one for each thing that the service or the client knows. */
export const keys = {
  session: ["session"] as const,
  app: ["app"] as const,
  invitation: ["invitation"] as const,
  products: ["products"] as const,
  devices: ["devices"] as const,
  contracts: ["contracts"] as const,
  doctor: ["doctor"] as const,
  limit: ["limit"] as const,
  peers: ["peers"] as const,
  carriedBy: (job: string) => ["carried-by", job] as const,
  timeline: (device: string) => ["timeline", device] as const,
  secondStep: ["second-step"] as const,
  sessions: ["sessions"] as const,
  privacy: ["privacy"] as const,
  ownFacts: ["own-facts"] as const,
  groups: (contract: string, ...what: readonly unknown[]) => ["groups", contract, ...what] as const,
  checks: ["checks"] as const,
  fleet: (check: string, ...what: readonly unknown[]) => ["fleet", check, ...what] as const,
  policies: (contract: string, ...what: readonly unknown[]) => ["policies", contract, ...what] as const,
  factsSetting: ["facts-setting"] as const,
  deviceFacts: ["device-facts"] as const,
  computer: ["computer"] as const,
  licenceTimeline: (product: string) => ["licence-timeline", product] as const,
  serial: (product: string) => ["serial", product] as const,
  updates: ["updates"] as const,
  everything: (...now: readonly unknown[]) => ["updates", "everything", ...now] as const,
  offers: (...now: readonly unknown[]) => ["updates", "offers", ...now] as const,
  channels: (product: string, now: unknown) => ["updates", "channels", product, now] as const,
  plans: (product: string) => ["plan", product] as const,
  places: (product: string) => ["places", product] as const,
  removal: (product: string) => ["removal", product] as const,
  check: (product: string, version: string | null) => ["check", product, version] as const,
  readMe: (product: string, version: string | null, language: string | null) =>
    ["read-me", product, version, language] as const,
  licence: (product: string, verifyBy: string | null) => ["licence", product, verifyBy] as const,
  packageFiles: (choice: unknown) => ["package-files", choice] as const,
  plan: (product: string, choice: unknown) => ["plan", product, choice] as const,
};

function mayHelp(tries: number, failure: Failure): boolean {
  return tries < 1 && failure instanceof Failure && failure.retryable && failure.code !== "offline";
}

/** The cache of server state. A session that ended shows the sign-in page, whichever request noticed. */
export function createCache(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (failure) => {
        if (failure.code === "not_signed_in") signedOut(client);
      },
    }),
    defaultOptions: {
      queries: { networkMode: "always", retry: mayHelp, retryDelay: 800, staleTime: 30_000 },
      mutations: { networkMode: "always", retry: false },
    },
  });
  return client;
}

/** Notes that a person signed in; nothing of the person before stays. */
export function signedIn(client: QueryClient, me: Me): void {
  forgetPerson(client);
  const session: Session = { standing: "in", me };
  client.setQueryData<Session>(keys.session, session);
}

/** Notes that nobody is signed in. */
export function signedOut(client: QueryClient): void {
  client.setQueryData<Session>(keys.session, { standing: "out" });
  forgetPerson(client);
}

function forgetPerson(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.session[0] });
}
