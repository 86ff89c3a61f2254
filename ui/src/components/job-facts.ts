/** The states of a job, as the client names them. */
export type JobStateName =
  | "queued"
  | "checking"
  | "downloading"
  | "pausing"
  | "paused"
  | "committing"
  | "waiting"
  | "done"
  | "failed"
  | "cancelled"
  | "rolled_back";

/** What a job waits for. */
export type JobNeedName = "network" | "sign_in" | "other_network" | "disk" | "app_open" | "window";

/** What the components here need to know of a job; the client's view has it all. */
export interface JobFacts {
  readonly id: string;
  readonly kind: "install" | "update" | "repair" | "move" | "download" | "uninstall";
  readonly name: string;
  readonly version: string;
  readonly state: JobStateName;
  readonly reason: string | null;
  /** What it waits for, where it waits for something outside. */
  readonly waits_for: JobNeedName | null;
  /** When it is installed, where it was fetched for later. */
  readonly not_before: string | null;
  /** Whether it waits for another network, because this one is metered. */
  readonly asks_metered: boolean;
  readonly progress: {
    readonly done_bytes: number;
    readonly total_bytes: number;
    readonly fetched_bytes: number;
    /** How many computers of this network it comes from. */
    readonly peer_count: number;
    readonly rate_bytes_per_s: number;
    readonly remaining_s: number | null;
    readonly task: string;
    readonly waiting_for: string | null;
    /** Why there is more to do than was said at first. */
    readonly growth: string | null;
    readonly limit_bytes_per_s: number | null;
  };
}

/** What can be asked of a job. */
export type JobAsk = "pause" | "resume" | "hurry" | "cancel" | "cancel_and_keep";
