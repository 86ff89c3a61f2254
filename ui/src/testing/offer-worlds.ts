import type { ChannelsView, InstalledView, OfferView } from "@/api/native.gen";
import { installed, release, update } from "./computer";
import { failure } from "./fake-host";
import type { World } from "./world";

/** What the vendor offers for Sample Studio, where nothing is to be said. */
export function offer(change: Partial<OfferView> = {}): OfferView {
  return {
    product: "sample-studio",
    channel: "stable",
    installed: "1.1.0",
    withdrawn: null,
    way_out: null,
    taken_back: [],
    too_old: false,
    update: null,
    critical: false,
    stored_bytes: 0,
    policy: null,
    news: [],
    ...change,
  };
}

const reason = "It could lose the last change of a scene.";
const gone = (version: string) => ({
  version,
  reason,
  sentence: `${version} was withdrawn by its vendor: ${reason}`,
});

/** 1.0.5 was taken back, and 1.1.0 is offered in its place. */
const withdrawn = offer({
  installed: "1.0.5",
  withdrawn: reason,
  taken_back: [gone("1.0.5")],
  way_out: { way: "update", version: "1.1.0", sentence: "Update to 1.1.0." },
  update: "1.1.0",
  critical: true,
  stored_bytes: 61_300_000,
});

const channels: Omit<ChannelsView, "product"> = {
  channel: "preview",
  fixed: null,
  channels: [
    {
      name: "stable",
      version: "1.1.0",
      update: null,
      sentence: "It is at 1.1.0. 1.2.0-beta.1 stays, and is updated once this channel has something newer.",
    },
    {
      name: "preview",
      version: "1.2.0-beta.2",
      update: "1.2.0-beta.2",
      sentence: "The next update is 1.2.0-beta.2.",
    },
  ],
};

/** Sample Studio with these releases side by side, the current one first. */
function studio(...versions: readonly string[]): InstalledView {
  const standings = ["current", "previous", "kept"] as const;
  const releases = versions.map((version, place) => release(version, standings[place] ?? "kept"));
  return installed("sample-studio", "Sample Studio", { version: versions[0] ?? "1.1.0", releases });
}

/** Worlds with releases that were taken back, with channels, with a folder that holds the product, and with two volumes. */
export function offerWorlds(world: World) {
  return {
    withdrawn: {
      ...world,
      installed: [studio("1.0.5", "1.0.0")],
      offers: [withdrawn],
      updates: [{ ...update, from: "1.0.5", critical: true }],
    },
    "withdrawn-back": {
      ...world,
      installed: [studio("1.0.5", "1.0.0")],
      offers: [
        {
          ...withdrawn,
          update: null,
          way_out: {
            way: "roll_back",
            version: "1.0.0",
            sentence: "Go back to 1.0.0, which is on this computer.",
          },
        },
      ],
    },
    "withdrawn-before": {
      ...world,
      installed: [{ ...studio("1.1.0", "1.0.5"), fails_to_start: true }],
      offers: [offer({ taken_back: [gone("1.0.5")] })],
    },
    channels: {
      ...world,
      installed: [studio("1.2.0-beta.1", "1.1.0")],
      channels,
    },
    "channels-fixed": {
      ...world,
      installed: [studio("1.1.0")],
      channels: {
        ...channels,
        channel: "stable",
        fixed:
          "Your company has put you on the channel `stable` of `sample-studio`. Whoever administers your contract can put you on another one.",
      },
    },
    "holds-copy": {
      ...world,
      plan: (product, options) => {
        if (options.folder !== null) {
          throw failure(
            "holds_copy",
            `The folder \`${options.folder}\` holds a copy of \`${product}\` 1.1.0 already.`,
            "Take it over, so that only what differs is fetched, or choose an empty folder.",
          );
        }
        const found = world.plan(product, options);
        const held_bytes = options.adopt === null ? 0 : 50_000_000;
        return { ...found, held_bytes, fetch_bytes: found.fetch_bytes - held_bytes };
      },
    },
    volumes: {
      ...world,
      plan: (product, options) => ({
        ...world.plan(product, options),
        volumes: [
          { mount: "/", needed_bytes: 8_000_000, free_bytes: 82_400_000_000, is_short: false },
          {
            mount: "/media/uma/Large disk",
            needed_bytes: 129_500_000,
            free_bytes: 90_000_000,
            is_short: true,
          },
        ],
        tells_volumes: true,
        free_bytes: 90_000_000,
        folder: "/media/uma/Large disk/sample-studio",
      }),
    },
  } as const satisfies Record<string, World>;
}
