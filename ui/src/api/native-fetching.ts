import type { CarriedView, JobView, LimitChoice, LimitView, PeersView } from "./native.gen";

/** How fast the window's program fetches, what it fetched for later, and what goes with a download. */
export interface FetchingAbilities {
  limit(): Promise<LimitView>;
  /** Holds from now on, also for what runs already. */
  setLimit(limit: LimitChoice): Promise<LimitView>;
  /** Whether computers of this network give each other what they have. */
  peers(): Promise<PeersView>;
  setPeers(on: boolean): Promise<PeersView>;
  /** Does not let a job wait: for the time at which it is to be installed, or for a network that is not metered. */
  hurryJob(job: string): Promise<JobView>;
  /** What a computer without a network has to be told of a download; null where no catalogue lies beside it. */
  carriedBy(job: string): Promise<CarriedView | null>;
}
