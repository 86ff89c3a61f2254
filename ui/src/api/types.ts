import type * as api from "./generated/types.gen";

/** The bodies of the account service's API: as generated from its document, with the words that the model closes. */

export type {
  AssignedSeat,
  Device,
  DeviceEvent,
  DeviceLicence,
  DeviceLicenceState,
  FetchScript,
  HandOver,
  IdentityProof,
  Installation,
  NewHandOver,
  OfflineQuestion,
  OfflineReply,
  OpenSession,
  OwnFacts,
  PackageFile,
  PackageFiles,
  PrivacyStanding,
  ProblemCode,
  RecoveryCodes,
  ReleaseOffer,
  SeatCount,
  SecondStep,
  SecondStepOffer,
  SignIn,
  Subscription,
  TimelineEntry,
  WithdrawnRelease,
} from "./generated/types.gen";

export type Role = "contract_manager" | "software_coordinator" | "user" | "named_caller";
export type Benefit = "software_downloads" | "product_updates" | "web_support" | "serial_numbers";
export type SupportLevel = "basic" | "advanced";
export type DefaultAction = "install_now" | "download_now" | "browser_download";

type With<T, U extends { [K in keyof T]?: unknown }> = Omit<T, keyof U> & U;

/** What a person is on one contract. */
export type ContractStanding = With<
  api.ContractStanding,
  { roles: Role[]; benefits: Benefit[]; support: SupportLevel }
>;

/** Somebody whom a person can ask. */
export type Administrator = With<api.Administrator, { role: Role }>;

/** The signed-in person. */
export type Me = With<api.Me, { contracts: ContractStanding[]; administrators: Administrator[] }>;

/** A product that the person may have. */
export type ProductEntitlement = With<
  api.ProductEntitlement,
  { default_action: DefaultAction; support?: SupportLevel | null }
>;

/** A contract as its admins see it. */
export type Contract = With<api.Contract, { support: SupportLevel }>;

/** One page of a list. */
export interface Page<T> {
  items: T[];
  next_cursor?: string;
}
