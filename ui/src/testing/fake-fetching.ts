import type { FetchingAbilities } from "@/api/native-fetching";
import type { CarriedView, JobView, LimitChoice, LimitView, PeersView } from "@/api/native.gen";

/** What a world knows of fetching at the start. */
export interface FetchingWorld {
  readonly limit: LimitView;
  readonly peers: PeersView;
  readonly carried: CarriedView | null;
}

/** What the fake host lends. */
export interface LentToFetching {
  note(what: string, act: string): void;
  move(job: string, change: Partial<JobView>): JobView;
}

/** Nothing is limited. */
export const noLimit: LimitView = {
  set: { usual_bytes_per_s: null, hours: null },
  now_bytes_per_s: null,
  by_policy: false,
};

/** A limit for the day, none for the night. */
export const dayLimit: LimitView = {
  set: {
    usual_bytes_per_s: null,
    hours: { from: "08:00", to: "18:00", bytes_per_s: 500_000 },
  },
  now_bytes_per_s: 500_000,
  by_policy: false,
};

/** The same, set by the organisation. */
export const limitByPolicy: LimitView = { ...dayLimit, by_policy: true };

/** Other computers are left alone. */
export const noPeers: PeersView = { on: false, by_policy: false, giving: false, received_bytes: 0 };

/** An organisation whose computers give each other what they have. */
export const somePeers: PeersView = {
  on: true,
  by_policy: true,
  giving: true,
  received_bytes: 2_500_000_000,
};

/** What goes with a download. */
export const carried: CarriedView = {
  server: "https://toolcrib.smith.example",
  fingerprint: "5d41402abc4b2a76b9719d911017c592ae34f1c0a9be8f6c2d3e4f5061728394",
  expires_at: null,
};

/** A computer on which nothing is set. */
export const plainFetching: FetchingWorld = { limit: noLimit, peers: noPeers, carried };

/** The bridge to what the client knows of fetching. */
export function fetchingAbilities(world: FetchingWorld, lent: LentToFetching): FetchingAbilities {
  let { limit, peers } = world;
  return {
    limit: async () => {
      lent.note("limit", "limit");
      return limit;
    },
    setLimit: async (choice: LimitChoice) => {
      lent.note(`setLimit ${JSON.stringify(choice)}`, "setLimit");
      limit = { set: choice, now_bytes_per_s: choice.usual_bytes_per_s, by_policy: false };
      return limit;
    },
    peers: async () => {
      lent.note("peers", "peers");
      return peers;
    },
    setPeers: async (on) => {
      lent.note(`setPeers ${on}`, "setPeers");
      peers = { ...peers, on, giving: on };
      return peers;
    },
    hurryJob: async (job) => {
      lent.note(`hurryJob ${job}`, "hurryJob");
      return lent.move(job, {
        state: "checking",
        waits_for: null,
        not_before: null,
        asks_metered: false,
        reason: null,
      });
    },
    carriedBy: async (job) => {
      lent.note(`carriedBy ${job}`, "carriedBy");
      return world.carried;
    },
  };
}
