import type * as api from "./generated/types.gen";
import type { Page, Role } from "./types";

/** Groups of a contract's people, and what is said of products to them: the operations, and the bodies as generated. */

export type {
  Group,
  GroupHold,
  GroupProduct,
  KnownVersion,
  NewGroupHold,
  PersonVersions,
  ProductVersions,
} from "./generated/types.gen";

/** Somebody on a contract. */
export type ContractPerson = Omit<api.ContractPerson, "roles"> & { roles: Role[] };

const contract = "/v1/contracts/{contract}";
const group = `${contract}/groups/{group}` as const;
const ofGroup = `${group}/products/{product}` as const;
const ofPerson = `${contract}/people/{account}/products/{product}/versions` as const;

/** Where the operations live. */
export const groupRoutes = {
  listContractPeople: { method: "GET", path: `${contract}/people` },
  listGroups: { method: "GET", path: `${contract}/groups` },
  addGroup: { method: "POST", path: `${contract}/groups` },
  renameGroup: { method: "PUT", path: group },
  removeGroup: { method: "DELETE", path: group },
  addGroupMember: { method: "PUT", path: `${group}/members/{account}` },
  removeGroupMember: { method: "DELETE", path: `${group}/members/{account}` },
  productVersions: { method: "GET", path: `${contract}/products/{product}/versions` },
  limitPersonVersions: { method: "PUT", path: ofPerson },
  liftPersonVersions: { method: "DELETE", path: ofPerson },
  limitGroupVersions: { method: "PUT", path: `${ofGroup}/versions` },
  liftGroupVersions: { method: "DELETE", path: `${ofGroup}/versions` },
  setGroupChannel: { method: "PUT", path: `${ofGroup}/channel` },
  liftGroupChannel: { method: "DELETE", path: `${ofGroup}/channel` },
  promoteGroup: { method: "POST", path: `${ofGroup}/promotion` },
  holdGroup: { method: "PUT", path: `${ofGroup}/hold` },
  releaseGroupHold: { method: "DELETE", path: `${ofGroup}/hold` },
} as const;

type OnContract = { contract: string };
type OfGroup = OnContract & { group: string };
type OfMember = OfGroup & { account: string };
type OfProduct = OnContract & { product: string };
/** A product as it is for one group. */
type GroupAndProduct = OfGroup & OfProduct;
/** A product as it is for one person. */
type PersonAndProduct = OfProduct & { account: string };

/** What each of them takes and answers. */
export interface GroupOperations {
  listContractPeople: {
    params: OnContract & { cursor?: string };
    body: null;
    answer: Page<ContractPerson>;
  };
  listGroups: { params: OnContract; body: null; answer: api.Groups };
  addGroup: { params: OnContract; body: api.GroupName; answer: api.Group };
  renameGroup: { params: OfGroup; body: api.GroupName; answer: api.Group };
  removeGroup: { params: OfGroup; body: null; answer: null };
  addGroupMember: { params: OfMember; body: null; answer: null };
  removeGroupMember: { params: OfMember; body: null; answer: null };
  productVersions: { params: OfProduct; body: null; answer: api.ProductVersions };
  limitPersonVersions: { params: PersonAndProduct; body: api.VersionList; answer: api.ProductVersions };
  liftPersonVersions: { params: PersonAndProduct; body: null; answer: null };
  limitGroupVersions: { params: GroupAndProduct; body: api.VersionList; answer: api.Group };
  liftGroupVersions: { params: GroupAndProduct; body: null; answer: null };
  setGroupChannel: { params: GroupAndProduct; body: api.ChannelChoice; answer: api.Group };
  liftGroupChannel: { params: GroupAndProduct; body: null; answer: null };
  promoteGroup: { params: GroupAndProduct; body: api.Promotion; answer: api.Group };
  holdGroup: { params: GroupAndProduct; body: api.NewGroupHold; answer: api.Group };
  releaseGroupHold: { params: GroupAndProduct; body: null; answer: null };
}
