import type { GroupOperations } from "./groups";
import { groupRoutes } from "./groups";
import type { FleetOperations } from "./readiness";
import { fleetRoutes } from "./readiness";
import type { PolicyOperations } from "./update-policies";
import { policyRoutes } from "./update-policies";
import type {
  Contract,
  Device,
  HandOver,
  IdentityProof,
  Me,
  NewHandOver,
  OfflineQuestion,
  OfflineReply,
  OpenSession,
  Page,
  OwnFacts,
  PackageFiles,
  PrivacyStanding,
  ProductEntitlement,
  RecoveryCodes,
  SecondStep,
  SecondStepOffer,
  SignIn,
  TimelineEntry,
} from "./types";

/** Where an operation of the API lives. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
}

/** The operations that pages use, by the ids of the OpenAPI document; a test compares the two. */
export const routes = {
  portalSignIn: { method: "POST", path: "/portal/session" },
  portalSignOut: { method: "DELETE", path: "/portal/session" },
  me: { method: "GET", path: "/v1/me" },
  listProducts: { method: "GET", path: "/v1/products" },
  packageFiles: { method: "GET", path: "/v1/products/{product}/files" },
  createHandOver: { method: "POST", path: "/v1/hand-overs" },
  listDevices: { method: "GET", path: "/v1/devices" },
  listContracts: { method: "GET", path: "/v1/contracts" },
  releaseProduct: { method: "DELETE", path: "/v1/devices/{device}/products/{product}" },
  signOutDevice: { method: "DELETE", path: "/v1/devices/{device}/sessions" },
  deviceTimeline: { method: "GET", path: "/v1/devices/{device}/timeline" },
  listSessions: { method: "GET", path: "/v1/me/sessions" },
  endSession: { method: "DELETE", path: "/v1/me/sessions/{session}" },
  answerOffline: { method: "POST", path: "/v1/offline/answers" },
  privacy: { method: "GET", path: "/v1/me/privacy" },
  ownFacts: { method: "GET", path: "/v1/me/device-facts" },
  acceptPrivacy: { method: "POST", path: "/v1/me/privacy" },
  secondStep: { method: "GET", path: "/v1/me/second-step" },
  offerSecondStep: { method: "POST", path: "/v1/me/second-step" },
  confirmSecondStep: { method: "POST", path: "/v1/me/second-step/confirmation" },
  removeSecondStep: { method: "POST", path: "/v1/me/second-step/removal" },
  renewRecoveryCodes: { method: "POST", path: "/v1/me/recovery-codes" },
  ...fleetRoutes,
  ...groupRoutes,
  ...policyRoutes,
} as const satisfies Record<string, Route>;

/** The id of an operation. */
export type OperationId = keyof typeof routes;

type Cursor = { cursor?: string };
type Nothing = Record<never, string>;
/** One package of a release. */
export type PackageChoice = { product: string; version: string; platform: string; language: string };

/** What each operation takes and answers. */
export interface Operations extends FleetOperations, GroupOperations, PolicyOperations {
  portalSignIn: { params: Record<never, string>; body: SignIn; answer: Me };
  portalSignOut: { params: Record<never, string>; body: null; answer: null };
  me: { params: Record<never, string>; body: null; answer: Me };
  listProducts: { params: Cursor; body: null; answer: Page<ProductEntitlement> };
  packageFiles: { params: PackageChoice; body: null; answer: PackageFiles };
  createHandOver: { params: Nothing; body: NewHandOver; answer: HandOver };
  listDevices: { params: Cursor; body: null; answer: Page<Device> };
  listContracts: { params: Cursor; body: null; answer: Page<Contract> };
  releaseProduct: { params: { device: string; product: string }; body: null; answer: null };
  signOutDevice: { params: { device: string }; body: null; answer: null };
  deviceTimeline: { params: { device: string } & Cursor; body: null; answer: Page<TimelineEntry> };
  listSessions: { params: Cursor; body: null; answer: Page<OpenSession> };
  endSession: { params: { session: string }; body: null; answer: null };
  answerOffline: { params: Nothing; body: OfflineQuestion; answer: OfflineReply };
  privacy: { params: Nothing; body: null; answer: PrivacyStanding };
  ownFacts: { params: Nothing; body: null; answer: OwnFacts };
  acceptPrivacy: { params: Nothing; body: { version: string }; answer: PrivacyStanding };
  secondStep: { params: Nothing; body: null; answer: SecondStep };
  offerSecondStep: { params: Nothing; body: IdentityProof; answer: SecondStepOffer };
  confirmSecondStep: { params: Nothing; body: { code: string }; answer: RecoveryCodes };
  removeSecondStep: { params: Nothing; body: IdentityProof; answer: null };
  renewRecoveryCodes: { params: Nothing; body: IdentityProof; answer: RecoveryCodes };
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
