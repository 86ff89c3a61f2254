import type { CarriedView, JobView, LimitChoice, LimitView } from "./native.gen";

/** How fast the window's program fetches, what it fetched for later, and what goes with a download. */
export interface FetchingAbilities {
  limit(): Promise<LimitView>;
  /** Holds from now on, also for what runs already. */
  setLimit(limit: LimitChoice): Promise<LimitView>;
  /** Installs what was fetched for later without waiting for its time. */
  installNow(job: string): Promise<JobView>;
  /** What a computer without a network has to be told of a download; null where no catalogue lies beside it. */
  carriedBy(job: string): Promise<CarriedView | null>;
}
