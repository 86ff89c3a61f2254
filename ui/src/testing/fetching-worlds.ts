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
          asks_metered: true,
          reason: "This network is metered, and 31.5 MB would be fetched over it.",
        }),
      ],
    },
  } as const satisfies Record<string, World>;
}
