import type { ReportView } from "@/api/native.gen";
import { contracts, devices, granted, grantedToAdmin, inDays } from "./catalogue";
import { app, installed, job, licence, otherDisk } from "./computer";
import { plan, release, reports, standardComponents, update } from "./computer";
import { intercepted, well } from "./doctor";
import { downloadWorlds, takingOver } from "./download-worlds";
import { plainFetching } from "./fake-fetching";
import type { World } from "./fake-host";
import { fetchingWorlds } from "./fetching-worlds";
import { harmed, readMe, readingWorlds } from "./fake-reading";
import { upToDate, updateWorlds } from "./fake-updates";
import { invitedWorlds } from "./invited";
import { gates } from "./gates";
import { needing } from "./needed";
import { offerWorlds } from "./offer-worlds";
import { story } from "./story";
import { coordinator, newcomer, user } from "./people";
import { roomFor } from "./room";

const names: Readonly<Record<string, string>> = {
  "sample-studio": "Sample Studio",
  zig: "Zig",
  node: "Node.js",
};

function reportOf(product: string): ReportView {
  const { verdict, rules } = reports[product === "zig" ? "warn" : product === "node" ? "fail" : "pass"];
  return { verdict, rules: [...rules] };
}

/** A plain user in the window, nothing installed: the world that the others vary. */
export const plainUser: World = {
  kind: "window",
  app,
  me: user,
  person: user,
  products: granted(),
  devices: devices().slice(0, 1),
  contracts: [],
  installed: [],
  jobs: [],
  ...upToDate,
  examination: harmed,
  readMe,
  removal: {
    settings: [
      {
        name: "Settings of Sample Studio",
        folder: "/home/uma/.config/sample-studio",
        size_bytes: 12_400_000,
        file_count: 31,
      },
    ],
    files: [
      {
        folder: "/home/uma/apps/sample-studio/releases/1.0.0/my-scenes",
        size_bytes: 4_200_000,
        file_count: 3,
      },
    ],
    files_to: "/home/uma/apps/sample-studio/your-files",
    unknown: [],
    shared: [{ component: "Engine", products: ["Pens"] }],
  },
  places: [otherDisk],
  doctor: well,
  ...plainFetching,
  gates: [],
  timeline: story,
  serial: {
    asked: true,
    needed: false,
    start_ends_at: null,
    serial: "123-45678906",
    attached_at: inDays(-4),
    can_undo: false,
  },
  report: reportOf,
  plan: (product, { version, language, components, folder, desktop_shortcut }) => {
    const base = plan(product, names[product] ?? product, { report: reportOf(product) });
    const chosen = base.components.map((item) =>
      Object.assign({}, item, { selected: components?.includes(item.id) ?? item.selected }),
    );
    const sum = (size: "stored_bytes" | "installed_bytes") =>
      chosen.reduce((total, item) => total + (item.selected ? item[size] : 0), 0);
    return {
      ...base,
      components: chosen,
      folder: folder ?? base.folder,
      desktop_shortcut: desktop_shortcut ?? true,
      version: version ?? granted().find((item) => item.product === product)?.version ?? base.version,
      language: language ?? base.language,
      texts: product === "sample-studio" ? base.texts : [],
      fetch_bytes: sum("stored_bytes"),
      installed_bytes: sum("installed_bytes"),
      ...roomFor(sum("installed_bytes") + 8_000_000),
    };
  },
};

const progress = job().progress;
const studio = installed("sample-studio", "Sample Studio");
const admin = {
  ...plainUser,
  me: coordinator,
  person: coordinator,
  products: grantedToAdmin(),
  devices: devices(),
  contracts: contracts(),
};
const past = [
  job({
    id: "zig-1",
    product: "zig",
    name: "Zig",
    version: "0.15.1",
    state: "done",
    created_at: inDays(-3),
    updated_at: inDays(-3),
  }),
  job({
    id: "node-1",
    product: "node",
    name: "Node.js",
    version: "24.11.0",
    state: "cancelled",
    created_at: inDays(-5),
    updated_at: inDays(-5),
  }),
];
const lost = job({
  id: "sample-studio-2",
  state: "failed",
  failure: {
    code: "disk_full",
    message: "the disk of `/home` has 12.0 MB free, 128.9 MB are needed",
    advice: "Make room on this disk, then try again: 21.3 MB that were fetched are kept.",
    retryable: true,
  },
});

function queued(product: string, name: string, place: number, reason: string) {
  const nothing = { ...progress, done_bytes: 0, total_bytes: 0, fetched_bytes: 0, task: "" };
  const rank = place * 1_000_000;
  return job({
    id: `${product}-${place}`,
    product,
    name,
    version: "1.1.0",
    state: "queued",
    rank,
    reason,
    progress: nothing,
  });
}

function asking(...asked: (keyof typeof gates)[]): World {
  return { ...plainUser, installed: [studio], jobs: past, gates: asked.map((name) => gates[name]) };
}

/** The worlds that the preview offers by name. */
export const scenarios = {
  user: plainUser,
  "first-launch": asking("privacy", "continue"),
  "launch-due": asking("due"),
  "launch-last-days": asking("last-days"),
  "launch-outage": asking("outage"),
  "launch-read-only": asking("read-only"),
  "launch-devices": asking("devices"),
  "launch-no-seat": asking("no-seat"),
  "launch-removed": asking("removed"),
  "launch-clock": asking("clock"),
  "launch-contract": asking("contract"),
  intercepted: { ...plainUser, doctor: intercepted },
  "signed-out": { ...plainUser, me: null },
  "first-start": { ...plainUser, me: null, app: { ...app, server: null } },
  ...invitedWorlds(plainUser, admin),
  ...readingWorlds(plainUser, { ...plainUser, installed: [studio] }),
  coordinator: admin,
  empty: { ...plainUser, me: newcomer, person: newcomer, products: [], devices: [] },
  installed: { ...plainUser, installed: [studio], jobs: past },
  running: { ...plainUser, jobs: [job(), ...past] },
  pausing: { ...plainUser, jobs: [job({ state: "pausing" })] },
  paused: { ...plainUser, jobs: [job({ state: "paused" }), ...past] },
  waiting: { ...plainUser, jobs: [job({ state: "waiting", reason: "no network; trying again in 20 s" })] },
  ...fetchingWorlds(plainUser, admin),
  needed: needing(plainUser),
  committing: {
    ...plainUser,
    jobs: [
      job({
        state: "committing",
        progress: { ...progress, done_bytes: 171_000_000, remaining_s: 3, task: "promote the tree" },
      }),
    ],
  },
  failed: { ...plainUser, jobs: [lost, ...past] },
  queue: {
    ...plainUser,
    jobs: [
      job(),
      queued("zig", "Zig", 2, "waits until Sample Studio is done"),
      queued("node", "Node.js", 3, "waits for Zig, which has not begun yet"),
      ...past,
    ],
  },
  done: {
    ...plainUser,
    installed: [installed("sample-studio", "Sample Studio", { version: "1.1.0" })],
    jobs: [job({ id: "sample-studio-3", state: "done", installed: standardComponents("1.1.0") }), ...past],
  },
  ...downloadWorlds(admin, lost),
  "taking-over": takingOver(plainUser),
  ...offerWorlds(plainUser),
  grace: {
    ...plainUser,
    installed: [
      installed("sample-studio", "Sample Studio", {
        licence: licence("sample-studio", {
          standing: "grace",
          reason: "verification_due",
          sentence: "You have to sign in again; offline it goes on working for 4 more days.",
          verified_at: inDays(-33),
          verify_by: inDays(-3),
          works_offline_until: inDays(4),
        }),
      }),
      installed("zig", "Zig", {
        version: "0.15.1",
        licence: licence("zig", {
          standing: "revoked",
          may_run: false,
          reason: "seat_removed",
          sentence: "Carl Okafor removed your seat on 3 November.",
          works_offline_until: null,
        }),
      }),
    ],
  },
  ...updateWorlds({
    ...plainUser,
    installed: [studio, installed("zig", "Zig", { version: "0.14.0" })],
    jobs: past,
  }),
  update: {
    ...plainUser,
    installed: [studio],
    updates: [update],
    jobs: past,
  },
  held: {
    ...plainUser,
    installed: [{ ...studio, hold: { since: inDays(-1), until: inDays(13) } }],
    updates: [update],
  },
  "restart-pending": {
    ...plainUser,
    installed: [installed("sample-studio", "Sample Studio", { version: "1.1.0", restart_pending: true })],
    jobs: [job({ state: "done" })],
  },
  crashing: {
    ...plainUser,
    installed: [
      installed("sample-studio", "Sample Studio", {
        version: "1.1.0",
        fails_to_start: true,
        releases: [release("1.1.0", "current"), release("1.0.0", "previous")],
      }),
    ],
  },
  repairing: {
    ...plainUser,
    installed: [studio],
    jobs: [job({ kind: "repair", progress: { ...progress, task: "Repairing Sample Studio" } })],
  },
  "browser-user": { ...plainUser, kind: "browser" },
  "browser-coordinator": { ...admin, kind: "browser" },
  "browser-beginner": { ...admin, kind: "browser", devices: [] },
  "browser-signed-out": { ...plainUser, kind: "browser", me: null },
} as const satisfies Record<string, World>;

/** The name of a world. */
export type ScenarioName = keyof typeof scenarios;
