// The shapes of the native bridge, as `toolcrib_client::view` defines them.

export type Verdict = "pass" | "warn" | "fail";
export type ComponentKind = "required" | "default" | "optional";
export type JobKind = "install" | "update" | "uninstall";
export type JobState =
  | "queued"
  | "checking"
  | "downloading"
  | "pausing"
  | "paused"
  | "committing"
  | "waiting"
  | "done"
  | "failed"
  | "cancelled";
export type Standing =
  | "none"
  | "start"
  | "active"
  | "due"
  | "grace"
  | "lapsed"
  | "revoked"
  | "clock_suspect";
export type Code =
  | "not_signed_in"
  | "wrong_credentials"
  | "not_entitled"
  | "no_seat"
  | "unknown_product"
  | "offline"
  | "server_unusable"
  | "not_our_server"
  | "untrusted_catalogue"
  | "requirements_failed"
  | "texts_not_accepted"
  | "disk_full"
  | "folder_unusable"
  | "damaged_package"
  | "busy"
  | "unknown_job"
  | "not_installed"
  | "already_installed"
  | "licence_refused"
  | "launch_failed"
  | "invalid"
  | "internal";

export type AppView = {
  version: string;
  platform: string;
  server: string | null;
  signed_in: boolean;
  secrets_place: string;
};
export type RuleView = {
  id: string;
  text: string;
  verdict: Verdict;
  measured: string;
  needed: string;
  fix: string | null;
  link: string | null;
};
export type ReportView = { verdict: Verdict; rules: Array<RuleView> };
export type ComponentView = {
  id: string;
  name: string;
  summary: string;
  kind: ComponentKind;
  installed_bytes: number;
  stored_bytes: number;
  selected: boolean;
};
export type TextView = { id: string; title: string; version: string; body: string };
export type PlanView = {
  product: string;
  name: string;
  publisher: string;
  version: string;
  language: string;
  folder: string;
  components: Array<ComponentView>;
  fetch_bytes: number;
  held_bytes: number;
  installed_bytes: number;
  peak_bytes: number;
  free_bytes: number;
  texts: Array<TextView>;
  report: ReportView;
  restart_needed: boolean;
};
export type InstallOptions = {
  version: string | null;
  language: string | null;
  components: Array<string> | null;
  accept_texts: boolean;
  despite_warnings: boolean;
};
export type ProgressView = {
  done_bytes: number;
  total_bytes: number;
  fetched_bytes: number;
  rate_bytes_per_s: number;
  remaining_s: number | null;
  task: string;
};
export type UiError = { code: Code; message: string; advice: string; retryable: boolean };
export type JobView = {
  id: string;
  kind: JobKind;
  product: string;
  name: string;
  version: string;
  state: JobState;
  reason: string | null;
  progress: ProgressView;
  failure: UiError | null;
  components: Array<string>;
  created_at: string;
  updated_at: string;
};
export type LicenceView = {
  product: string;
  standing: Standing;
  may_run: boolean;
  reason: string;
  sentence: string;
  user_id: string | null;
  verified_at: string | null;
  verify_by: string | null;
  grace_until: string | null;
  works_offline_until: string | null;
  contract_ends_at: string | null;
  serial: string | null;
};
export type InstalledView = {
  product: string;
  name: string;
  publisher: string;
  version: string;
  language: string;
  folder: string;
  installed_bytes: number;
  components: Array<string>;
  launchable: boolean;
  restart_pending: boolean;
  licence: LicenceView;
  installed_at: string;
};
export type LaunchView = { product: string; version: string; pid: number };
export type FeedMessage =
  | { kind: "snapshot"; jobs: Array<JobView>; installed: Array<InstalledView> }
  | { kind: "job"; job: JobView }
  | { kind: "installed"; installed: Array<InstalledView> }
  | { kind: "signed_in"; signed_in: boolean };
