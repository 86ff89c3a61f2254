import type { Native } from "./native";
import type { FeedMessage, InstalledView, JobView, LicenceView } from "./native.gen";

/** What the feed has told so far. */
export interface FeedState {
  /** Whether the first snapshot has come. */
  readonly ready: boolean;
  /** Jobs, the newest first. */
  readonly jobs: readonly JobView[];
  readonly installed: readonly InstalledView[];
  readonly signedIn: boolean | null;
  /** How often an invitation came or went. */
  readonly invited: number;
}

const nothing: FeedState = { ready: false, jobs: [], installed: [], signedIn: null, invited: 0 };

function newestFirst(jobs: readonly JobView[]): JobView[] {
  return jobs.toSorted((left, right) => right.created_at.localeCompare(left.created_at));
}

function withJob(state: FeedState, job: JobView): FeedState {
  const known = state.jobs.find(({ id }) => id === job.id);
  if (known && known.updated_at > job.updated_at) return state; // an answer that the feed has overtaken
  return { ...state, jobs: newestFirst([...state.jobs.filter(({ id }) => id !== job.id), job]) };
}

/** The state after a message; pure. */
export function next(state: FeedState, message: FeedMessage): FeedState {
  switch (message.kind) {
    case "snapshot":
      return { ...state, ready: true, jobs: newestFirst(message.jobs), installed: message.installed };
    case "job":
      return withJob(state, message.job);
    case "installed":
      return { ...state, installed: message.installed };
    case "invited":
      return { ...state, invited: state.invited + 1 };
    case "signed_in":
      return { ...state, signedIn: message.signed_in };
  }
}

/** Keeps what the feed tells, for `useSyncExternalStore`. Nothing is polled. */
export class FeedStore {
  private state = nothing;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): FeedState => this.state;

  /** Takes one message. */
  readonly take = (message: FeedMessage): void => this.put(next(this.state, message));

  /** Forgets a job that was removed from the list; the feed does not tell removals. */
  readonly forget = (job: string): void =>
    this.put({ ...this.state, jobs: this.state.jobs.filter(({ id }) => id !== job) });

  /** Puts a licence that was just verified in the place of the one before. */
  readonly renew = (licence: LicenceView): void => {
    const renewed = (item: InstalledView) =>
      item.product === licence.product ? Object.assign({}, item, { licence }) : item;
    this.put({ ...this.state, installed: this.state.installed.map(renewed) });
  };

  /** Begins to follow. */
  follow(native: Native): Promise<void> {
    return native.followFeed(this.take);
  }

  private put(state: FeedState): void {
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}
