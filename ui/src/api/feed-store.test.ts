import { expect, it, vi } from "vitest";
import { installed, job, licence } from "@/testing/computer";
import { FeedStore } from "./feed-store";

function following(): FeedStore {
  const feed = new FeedStore();
  feed.take({ kind: "snapshot", jobs: [job()], installed: [installed("zig", "Zig")] });
  return feed;
}

it("nothing is known before the first snapshot", () => {
  expect(new FeedStore().read()).toMatchObject({ ready: false, jobs: [] });
});

it("a message replaces the job of that id and tells who listens", () => {
  const feed = following();
  const listener = vi.fn<() => void>();
  feed.subscribe(listener);
  feed.take({ kind: "job", job: job({ state: "paused", updated_at: new Date().toISOString() }) });
  expect(feed.read().jobs.map(({ state }) => state)).toEqual(["paused"]);
  expect(listener).toHaveBeenCalledOnce();
});

it("an answer that the feed has overtaken changes nothing", () => {
  const feed = following();
  feed.take({ kind: "job", job: job({ state: "queued", updated_at: "2020-01-01T00:00:00Z" }) });
  expect(feed.read().jobs[0]?.state).toBe("downloading");
});

it("jobs stand with the newest first", () => {
  const feed = following();
  feed.take({ kind: "job", job: job({ id: "later", created_at: "2999-01-01T00:00:00Z" }) });
  expect(feed.read().jobs.map(({ id }) => id)).toEqual(["later", "sample-studio-1"]);
});

it("a new snapshot forgets what is gone", () => {
  const feed = following();
  feed.take({ kind: "snapshot", jobs: [], installed: [] });
  expect(feed.read()).toMatchObject({ ready: true, jobs: [], installed: [] });
});

it("a verified licence takes the place of the one before", () => {
  const feed = following();
  feed.renew(licence("zig", { verify_by: "2999-01-01T00:00:00Z" }));
  expect(feed.read().installed[0]?.licence.verify_by).toBe("2999-01-01T00:00:00Z");
});
