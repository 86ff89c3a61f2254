/** The bodies of the account service's API, by the names of its OpenAPI document. */

export type Role = "contract_manager" | "software_coordinator" | "user" | "named_caller";
export type Benefit = "software_downloads" | "product_updates" | "web_support" | "serial_numbers";
export type SupportLevel = "basic" | "advanced";
export type DefaultAction = "install_now" | "download_now" | "browser_download";

export interface ContractStanding {
  contract: string;
  number: string;
  roles: Role[];
  benefits: Benefit[];
  support: SupportLevel;
}

export interface Administrator {
  name: string;
  email: string;
  role: Role;
  by_default: boolean;
}

export interface Me {
  account: string;
  user_id: string;
  name: string;
  organisation: string;
  organisation_name: string;
  contracts: ContractStanding[];
  permitted: string[];
  administrators: Administrator[];
}

export interface ReleaseOffer {
  version: string;
  platform: string;
  language: string;
  stored_bytes: number;
  installed_bytes: number;
}

export interface SeatCount {
  used: number;
  total: number;
}

export interface ProductEntitlement {
  product: string;
  name: string;
  publisher: string;
  summary: string;
  version: string | null;
  releases: ReleaseOffer[];
  default_action: DefaultAction;
  seat_assigned: boolean;
  contract: string;
  contract_number: string;
  subscription: string;
  ends_at: string;
  seats?: SeatCount;
  serial?: string;
  support?: SupportLevel;
}

export interface Installation {
  product: string;
  version: string;
  reported_at: string;
}

export interface Device {
  device: string;
  name: string;
  platform: string;
  user_name: string;
  registered_at: string;
  last_seen_at: string;
  installations: Installation[];
  this_device: boolean;
}

export interface AssignedSeat {
  seat: string;
  user_id: string;
  name: string;
}

export interface Subscription {
  subscription: string;
  product: string;
  serial: string;
  seat_count: number;
  assigned: AssignedSeat[];
}

export interface Contract {
  contract: string;
  number: string;
  support: SupportLevel;
  starts_at: string;
  ends_at: string;
  auto_renew: boolean;
  subscriptions: Subscription[];
}

export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
}

export interface SignIn {
  user_id: string;
  password: string;
  code?: string;
}

export type ProblemCode =
  | "wrong_credentials"
  | "not_signed_in"
  | "not_permitted"
  | "no_seat"
  | "contract_ended"
  | "verification_needed"
  | "not_found"
  | "invalid"
  | "conflict"
  | "too_many"
  | "foreign_page"
  | "internal"
  | "unknown";

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
  request_id: string;
}
