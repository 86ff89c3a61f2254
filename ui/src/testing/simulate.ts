import { installed, standardComponents } from "./computer";
import type { FakeHost } from "./fake-host";

const total = 174_300_000;
const perTick = 2_400_000;

/** Lets the jobs of a fake host run by themselves, for looking at the pages in motion. */
export function simulate(host: FakeHost): void {
  setInterval(() => host.jobs.forEach((job) => step(host, job)), 250);
}

function step(host: FakeHost, job: FakeHost["jobs"][number]): void {
  const done = Math.min(total, job.progress.done_bytes + perTick);
  const progress = {
    ...job.progress,
    total_bytes: total,
    done_bytes: done,
    rate_bytes_per_s: perTick * 4,
    remaining_s: (total - done) / (perTick * 4),
    task: `share/studio/scenes/scene-${Math.floor(done / 5_000_000)}.scene`,
  };
  if (job.state === "checking") host.move(job.id, { state: "downloading", progress });
  if (job.state === "pausing") host.move(job.id, { state: "paused" });
  if (job.state === "downloading") {
    host.move(job.id, { state: done > total * 0.94 ? "committing" : "downloading", progress });
  }
  if (job.state === "committing") end(host, job, done >= total || job.kind === "uninstall", progress);
}

function end(
  host: FakeHost,
  job: FakeHost["jobs"][number],
  finished: boolean,
  progress: FakeHost["jobs"][number]["progress"],
): void {
  if (!finished) {
    host.move(job.id, { progress });
    return;
  }
  if (job.kind === "uninstall") {
    host.move(job.id, {
      state: "done",
      progress,
      left: { files: null, others: null, settings: [], shared: [] },
    });
  } else host.move(job.id, { state: "done", progress, installed: standardComponents(job.version) });
  if (job.kind === "download") return;
  const others = host.installed.filter(({ product }) => product !== job.product);
  if (job.kind === "uninstall") return host.put(others);
  host.put([...others, installed(job.product, job.name, { version: job.version })]);
}
