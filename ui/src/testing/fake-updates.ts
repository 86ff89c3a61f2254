import type { ChannelsView, EverythingView, JobView, OfferView, UpdateView } from "@/api/native.gen";
import type { UpdateAbilities } from "@/api/native-updates";
import { update } from "./computer";
import type { World } from "./world";

/** What a world knows of newer releases at the start. */
export interface UpdatesWorld {
  readonly updates: readonly UpdateView[];
  readonly everything: EverythingView;
  readonly offers: readonly OfferView[];
  /** The channels of every product; that of the product is put to them. */
  readonly channels: Omit<ChannelsView, "product">;
}

/** What the fake host lends. */
export interface LentToUpdates {
  note(what: string, act: string): void;
  begin(kind: JobView["kind"], product: string): JobView;
}

/** Nothing is newer than what is installed. */
export const upToDate: UpdatesWorld = {
  updates: [],
  everything: {
    updates: [],
    fetch_bytes: 0,
    asks_metered: false,
    restart_needed: false,
    passed_over: [],
  },
  offers: [],
  channels: {
    channel: "stable",
    fixed: null,
    channels: [{ name: "stable", version: "1.1.0", update: null, sentence: "1.1.0 would be installed." }],
  },
};

const zig: UpdateView = {
  ...update,
  product: "zig",
  name: "Zig",
  from: "0.14.0",
  to: "0.15.1",
  news: [],
  fetch_bytes: 93_512_000,
};

const held: EverythingView["passed_over"] = [
  {
    product: "node",
    name: "Node.js",
    to: "24.11.0",
    why: "terms",
    sentence: "Its terms are to be accepted first: Licence of Node.js.",
    failure: null,
  },
  {
    product: "pens",
    name: "Pens",
    to: "2.0.0",
    why: "held",
    sentence: "You hold it at 1.4.2 until 24 December 2026.",
    failure: null,
  },
];

/** Two that can be installed, and two for which somebody has to say something first. */
export const several: UpdatesWorld = {
  ...upToDate,
  updates: [update, zig],
  everything: {
    updates: [update, zig],
    fetch_bytes: update.fetch_bytes + zig.fetch_bytes,
    asks_metered: false,
    restart_needed: false,
    passed_over: held,
  },
};

/** Worlds with newer releases. */
export function updateWorlds(world: World) {
  const everything = several.everything;
  return {
    updates: { ...world, ...several },
    "updates-metered": {
      ...world,
      ...several,
      everything: { ...everything, asks_metered: true, restart_needed: true },
    },
    "updates-stuck": {
      ...world,
      ...several,
      everything: { ...everything, updates: [], fetch_bytes: 0 },
    },
  } as const satisfies Record<string, World>;
}

/** The bridge to what the client knows of newer releases. One for Zig never begins here. */
export function updateAbilities(world: UpdatesWorld, lent: LentToUpdates): UpdateAbilities {
  let { channel } = world.channels;
  return {
    updates: async () => {
      lent.note("updates", "updates");
      return [...world.updates];
    },
    everything: async () => {
      lent.note("everything", "everything");
      return world.everything;
    },
    offers: async () => {
      lent.note("offers", "offers");
      return [...world.offers];
    },
    channels: async (product) => {
      lent.note(`channels ${product}`, "channels");
      return { ...world.channels, product, channel };
    },
    chooseChannel: async (product, chosen) => {
      lent.note(`chooseChannel ${product} ${chosen}`, "chooseChannel");
      channel = chosen;
      return { ...world.channels, product, channel };
    },
    updateThese: async (products, metered) => {
      lent.note(`updateThese ${products.join(",")} ${metered}`, "updateThese");
      const stuck = products.filter((product) => product === "zig" && world.everything.asks_metered);
      const begun = products.filter((product) => !stuck.includes(product));
      return {
        jobs: begun.map((product) => lent.begin("update", product)),
        not_begun: stuck.map((product) => ({
          product,
          name: "Zig",
          failure: {
            code: "disk_full",
            message: "`/home` has 12 MB free, and 93 MB are needed.",
            advice: "Make room there, then do it again.",
            retryable: false,
          },
        })),
      };
    },
  };
}
