import type { Contract, Device, Me, Page, ProductEntitlement, SignIn } from "./types";

/** Where an operation of the API lives. */
export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
}

/** The operations that pages use, by the ids of the OpenAPI document; a test compares the two. */
export const routes = {
  portalSignIn: { method: "POST", path: "/portal/session" },
  portalSignOut: { method: "DELETE", path: "/portal/session" },
  me: { method: "GET", path: "/v1/me" },
  listProducts: { method: "GET", path: "/v1/products" },
  listDevices: { method: "GET", path: "/v1/devices" },
  listContracts: { method: "GET", path: "/v1/contracts" },
} as const satisfies Record<string, Route>;

/** The id of an operation. */
export type OperationId = keyof typeof routes;

type Cursor = { cursor?: string };

/** What each operation takes and answers. */
export interface Operations {
  portalSignIn: { params: Record<never, string>; body: SignIn; answer: Me };
  portalSignOut: { params: Record<never, string>; body: null; answer: null };
  me: { params: Record<never, string>; body: null; answer: Me };
  listProducts: { params: Cursor; body: null; answer: Page<ProductEntitlement> };
  listDevices: { params: Cursor; body: null; answer: Page<Device> };
  listContracts: { params: Cursor; body: null; answer: Page<Contract> };
}

/** Puts the parameters into the path; what the path does not name becomes the query. */
export function address(route: Route, params: Readonly<Record<string, string | undefined>>): string {
  const used = new Set<string>();
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    used.add(name);
    return encodeURIComponent(params[name] ?? "");
  });
  const rest = Object.entries(params).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !used.has(entry[0]),
  );
  const query = new URLSearchParams(rest).toString();
  return query ? `${path}?${query}` : path;
}
