import type * as api from "./generated/types.gen";

/** What a company says of updates: the operations, and the bodies as generated from the API's document. */

export type {
  Cadence,
  Day,
  Fate,
  Freeze,
  PolicyPreview,
  PreviewComputer,
  PreviewCount,
  Ring,
  Schedule,
  UpdatePolicy,
  UpdatePolicyRule,
} from "./generated/types.gen";

const policies = "/v1/contracts/{contract}/update-policies";
const policy = `${policies}/{policy}` as const;

/** Where the operations live. */
export const policyRoutes = {
  listUpdatePolicies: { method: "GET", path: policies },
  addUpdatePolicy: { method: "POST", path: policies },
  changeUpdatePolicy: { method: "PUT", path: policy },
  removeUpdatePolicy: { method: "DELETE", path: policy },
  haltUpdatePolicy: { method: "POST", path: `${policy}/halt` },
  resumeUpdatePolicy: { method: "POST", path: `${policy}/resumption` },
  previewUpdatePolicy: { method: "POST", path: `${policies}/preview` },
} as const;

type Of = { contract: string };
type OfOne = Of & { policy: string };

/** What each of them takes and answers. */
export interface PolicyOperations {
  listUpdatePolicies: { params: Of; body: null; answer: api.UpdatePolicies };
  addUpdatePolicy: { params: Of; body: api.UpdatePolicyRule; answer: api.UpdatePolicy };
  changeUpdatePolicy: { params: OfOne; body: api.UpdatePolicyRule; answer: api.UpdatePolicy };
  removeUpdatePolicy: { params: OfOne; body: null; answer: null };
  haltUpdatePolicy: { params: OfOne; body: null; answer: api.UpdatePolicy };
  resumeUpdatePolicy: { params: OfOne; body: null; answer: api.UpdatePolicy };
  previewUpdatePolicy: { params: Of; body: api.PolicyPreviewRequest; answer: api.PolicyPreview };
}
