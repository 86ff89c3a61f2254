import { useSyncExternalStore } from "react";
import { useHost } from "./context";
import type { FeedState } from "./feed-store";
import type { InstalledView, JobView } from "./native.gen";

/** Everything that the feed has told. */
export function useFeed(): FeedState {
  const { feed } = useHost();
  return useSyncExternalStore(feed.subscribe, feed.read);
}

const ended: ReadonlySet<JobView["state"]> = new Set(["done", "failed", "cancelled", "rolled_back"]);

/** Whether a job will not change any more by itself. */
export function hasEnded(job: Pick<JobView, "state">): boolean {
  return ended.has(job.state);
}

const priorities: readonly JobView["priority"][] = ["urgent", "normal", "background"];

function priority(job: JobView): number {
  return priorities.indexOf(job.priority);
}

/** The unfinished jobs in the order in which they are begun. */
export function inQueueOrder(jobs: readonly JobView[]): JobView[] {
  const waiting = jobs.filter((job) => !hasEnded(job));
  return waiting.toSorted((one, other) => priority(one) - priority(other) || one.rank - other.rank);
}

/** The unfinished job of a product, if there is one. */
export function useActiveJob(product: string): JobView | undefined {
  return useFeed().jobs.find((job) => job.product === product && !hasEnded(job));
}

/** What is installed of a product. */
export function useInstalled(product: string): InstalledView | undefined {
  return useFeed().installed.find((item) => item.product === product);
}
