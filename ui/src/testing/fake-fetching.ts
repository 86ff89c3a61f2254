import type { FetchingAbilities } from "@/api/native-fetching";
import type { CarriedView, JobView, LimitChoice, LimitView } from "@/api/native.gen";

/** What a world knows of fetching at the start. */
export interface FetchingWorld {
  readonly limit: LimitView;
  readonly carried: CarriedView | null;
}

/** What the fake host lends. */
export interface LentToFetching {
  note(what: string, act: string): void;
  move(job: string, change: Partial<JobView>): JobView;
}

/** Nothing is limited. */
export const noLimit: LimitView = { set: { usual_bytes_per_s: null, hours: null }, now_bytes_per_s: null };

/** A limit for the day, none for the night. */
export const dayLimit: LimitView = {
  set: {
    usual_bytes_per_s: null,
    hours: { from: "08:00", to: "18:00", bytes_per_s: 500_000 },
  },
  now_bytes_per_s: 500_000,
};

/** What goes with a download. */
export const carried: CarriedView = {
  server: "https://toolcrib.smith.example",
  fingerprint: "5d41402abc4b2a76b9719d911017c592ae34f1c0a9be8f6c2d3e4f5061728394",
  expires_at: null,
};

/** The bridge to what the client knows of fetching. */
export function fetchingAbilities(world: FetchingWorld, lent: LentToFetching): FetchingAbilities {
  let limit = world.limit;
  return {
    limit: async () => {
      lent.note("limit", "limit");
      return limit;
    },
    setLimit: async (choice: LimitChoice) => {
      lent.note(`setLimit ${JSON.stringify(choice)}`, "setLimit");
      limit = { set: choice, now_bytes_per_s: choice.usual_bytes_per_s };
      return limit;
    },
    hurryJob: async (job) => {
      lent.note(`hurryJob ${job}`, "hurryJob");
      return lent.move(job, { state: "checking", not_before: null, asks_metered: false, reason: null });
    },
    carriedBy: async (job) => {
      lent.note(`carriedBy ${job}`, "carriedBy");
      return world.carried;
    },
  };
}
