import { inDays } from "./catalogue";
import { job } from "./computer";
import { dayLimit, limitByPolicy, somePeers } from "./fake-fetching";
import type { World } from "./world";

const progress = job().progress;

/** The worlds of how and when is fetched: later, limited, from computers nearby, over a metered network. */
export function fetchingWorlds(user: World, admin: World) {
  return {
    later: {
      ...user,
      jobs: [
        job({
          state: "waiting",
          waits_for: "window",
          not_before: inDays(0.3),
          progress: { ...progress, done_bytes: 168_000_000 },
        }),
      ],
    },
    limited: {
      ...user,
      limit: dayLimit,
      jobs: [job({ progress: { ...progress, rate_bytes_per_s: 498_000, limit_bytes_per_s: 500_000 } })],
    },
    "limited-by-policy": { ...user, limit: limitByPolicy },
    peers: { ...user, peers: somePeers, jobs: [job({ progress: { ...progress, peer_count: 2 } })] },
    metered: {
      ...admin,
      plan: (product, options) => ({ ...user.plan(product, options), asks_metered: true }),
    },
    "metered-job": {
      ...user,
      jobs: [
        job({
          state: "waiting",
          waits_for: "other_network",
          asks_metered: true,
          reason: "This network is metered, and 31.5 MB would be fetched over it.",
        }),
      ],
    },
    "full-disk": {
      ...user,
      jobs: [
        job({
          state: "waiting",
          waits_for: "disk",
          reason: "free 116.9 MB on the disk at /home to go on: 128.9 MB are needed there, 12.0 MB are free",
        }),
      ],
    },
    "app-open": {
      ...user,
      jobs: [
        job({
          kind: "move",
          state: "waiting",
          waits_for: "app_open",
          reason: "close Sample Studio to go on; still open: sample-studio (process 4711)",
          progress: { ...progress, done_bytes: 0, total_bytes: 0 },
        }),
      ],
    },
    "rolled-back": {
      ...user,
      jobs: [job({ kind: "update", state: "rolled_back", reason: "1.0.0 is the current release" })],
    },
  } as const satisfies Record<string, World>;
}
