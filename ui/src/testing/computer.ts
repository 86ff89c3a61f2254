import type {
  AppView,
  InstalledComponent,
  InstalledView,
  JobView,
  LicenceView,
  PlaceView,
  PlanView,
  ReleaseView,
  ReportView,
  RuleView,
  UpdateView,
} from "@/api/native.gen";
import { inDays } from "./catalogue";
import { roomFor } from "./room";

/** The program around the pages. */
export const app: AppView = {
  version: "0.1.0",
  platform: "linux-x86_64",
  server: "https://toolcrib.smith.example",
  signed_in: true,
  secrets_place: "the system's keyring",
};

const memory: RuleView = {
  id: "memory",
  text: "Memory",
  verdict: "pass",
  measured: "16.0 GB",
  needed: "4 GB, better 8 GB",
  fix: "Add memory, or close other programs.",
  link: null,
};
const system: RuleView = {
  id: "os",
  text: "Operating system",
  verdict: "pass",
  measured: "Debian 12, glibc 2.36",
  needed: "glibc 2.31",
  fix: "Update the operating system.",
  link: null,
};
const room: RuleView = {
  id: "disk",
  text: "Room on the disk",
  verdict: "pass",
  measured: "82.4 GB free",
  needed: "1 GB",
  fix: "Make room on the disk.",
  link: null,
};
const warned: RuleView = { ...memory, verdict: "warn", measured: "6.2 GB" };
const failed: RuleView = {
  ...system,
  verdict: "fail",
  measured: "glibc 2.28",
  fix: "Update to Debian 11, Ubuntu 20.04 or newer, then check again.",
};

/** A computer that is ready, nearly ready, not ready. */
export const reports = {
  pass: { verdict: "pass", rules: [memory, system, room] },
  warn: { verdict: "warn", rules: [warned, system, room] },
  fail: { verdict: "fail", rules: [warned, failed, room] },
} as const satisfies Record<string, { verdict: ReportView["verdict"]; rules: readonly RuleView[] }>;

const terms = {
  id: "licence",
  title: "Sample Studio Licence",
  version: "3",
  body: "You may use Sample Studio on as many computers as you have seats.\n\nIt comes without any warranty.\n",
  needed: null,
};

/** What installing a product would do. */
export function plan(product: string, name: string, change: Partial<PlanView> = {}): PlanView {
  return {
    product,
    name,
    publisher: "Sample Vendor",
    version: "1.1.0",
    language: "en",
    languages: ["de", "en"],
    folder: `/home/uma/.local/share/toolcrib/apps/${product}`,
    folder_by_policy: false,
    components: [
      {
        id: "core",
        name: "Core",
        summary: "The program itself",
        kind: "required",
        tool: false,
        languages: [],
        shared_with: [],
        stored_bytes: 38_200_000,
        installed_bytes: 88_000_000,
        selected: true,
      },
      {
        id: "templates",
        name: "Templates",
        summary: "Scenes to begin with",
        kind: "default",
        tool: false,
        languages: [],
        shared_with: [],
        stored_bytes: 14_600_000,
        installed_bytes: 33_500_000,
        selected: true,
      },
      {
        id: "manual",
        name: "Manual",
        summary: "Everything on paper, for reading without a network",
        kind: "optional",
        tool: false,
        languages: [],
        shared_with: [],
        stored_bytes: 8_500_000,
        installed_bytes: 21_300_000,
        selected: false,
      },
    ],
    fetch_bytes: 52_800_000,
    asks_metered: false,
    held_bytes: 0,
    missing_parts: [],
    shared_bytes: 0,
    desktop_shortcut: true,
    scripts: [],
    runs_scripts: false,
    left_out: [],
    installed_bytes: 121_500_000,
    ...roomFor(128_900_000),
    texts: [terms],
    report: { ...reports.pass, rules: [...reports.pass.rules] },
    restart_needed: false,
    whats_new: "Templates for round rooms.",
    needed: [],
    nothing_to_do: false,
    ...change,
  };
}

/** A licence that works. */
export function licence(product: string, change: Partial<LicenceView> = {}): LicenceView {
  return {
    product,
    standing: "active",
    may_run: true,
    reason: "verified",
    rule: "S-143",
    act: "nothing",
    read_only: false,
    next_at: inDays(22),
    organisation: "Smith & Partners",
    offline_until: null,
    ends_at: inDays(29),
    sentence: "Your seat and your identity are confirmed.",
    user_id: "uma@smith.example",
    verified_at: inDays(-8),
    verify_by: inDays(22),
    grace_until: inDays(29),
    works_offline_until: inDays(29),
    contract_ends_at: inDays(320),
    serial: null,
    ...change,
  };
}

/** The components that are installed by default. */
export function standardComponents(version: string): InstalledComponent[] {
  return [
    { id: "core", name: "Core", version, installed_bytes: 88_000_000 },
    { id: "templates", name: "Templates", version, installed_bytes: 33_500_000 },
  ];
}

/** A release that is here. */
export function release(version: string, standing: ReleaseView["standing"]): ReleaseView {
  return { version, standing, pinned: false, installed_at: inDays(-20), installed_bytes: 136_000_000 };
}

/** A newer release of Sample Studio. */
export const update: UpdateView = {
  product: "sample-studio",
  name: "Sample Studio",
  from: "1.0.0",
  to: "1.1.0",
  news: [{ version: "1.1.0", text: "Templates for round rooms.\nTextures load twice as fast." }],
  critical: false,
  fetch_bytes: 4_800_000,
  installed_bytes: 142_800_000,
  peak_bytes: 151_000_000,
  free_bytes: 82_400_000_000,
  restart_needed: false,
  hold: null,
  policy: null,
  obstacle: null,
  terms: [],
  scripts: [],
  under_way: false,
};

/** Something that is installed. */
export function installed(product: string, name: string, change: Partial<InstalledView> = {}): InstalledView {
  return {
    product,
    name,
    publisher: "Sample Vendor",
    version: "1.0.0",
    language: "en",
    folder: `/home/uma/.local/share/toolcrib/apps/${product}`,
    installed_bytes: 136_000_000,
    components: ["core", "templates"],
    installed_components: standardComponents("1.0.0"),
    releases: [release(change.version ?? "1.0.0", "current")],
    hold: null,
    fails_to_start: false,
    launchable: true,
    restart_pending: false,
    licence: licence(product),
    installed_at: inDays(-20),
    ...change,
  };
}

/** What is said of a job that has just begun. */
export const nothingSaid = {
  reason: null,
  waits_for: null,
  asks_metered: false,
  failure: null,
  left: null,
} as const;

/** A job that has not done anything yet. */
export const nothingDone: JobView["progress"] = {
  done_bytes: 0,
  total_bytes: 0,
  fetched_bytes: 0,
  peer_bytes: 0,
  peer_count: 0,
  rate_bytes_per_s: 0,
  remaining_s: null,
  task: "",
  waiting_for: null,
  growth: null,
  limit_bytes_per_s: null,
};

/** A job in the middle of its download. */
export function job(change: Partial<JobView> = {}): JobView {
  return {
    id: "sample-studio-1",
    kind: "install",
    product: "sample-studio",
    name: "Sample Studio",
    version: "1.1.0",
    state: "downloading",
    reason: null,
    left: null,
    not_before: null,
    waits_for: null,
    asks_metered: false,
    progress: {
      done_bytes: 78_400_000,
      total_bytes: 174_300_000,
      fetched_bytes: 21_300_000,
      peer_bytes: 0,
      peer_count: 0,
      rate_bytes_per_s: 3_400_000,
      remaining_s: 96,
      task: "share/studio/scenes/harbour.scene",
      waiting_for: null,
      growth: null,
      limit_bytes_per_s: null,
    },
    failure: null,
    after: [],
    priority: "normal",
    rank: 1_000_000,
    components: [],
    installed: [],
    folder: null,
    platform: null,
    created_at: inDays(-0.001),
    updated_at: inDays(-0.0001),
    ...change,
  };
}

/** A place on another disk that a product can be moved to. */
export const otherDisk: PlaceView = {
  id: "disk",
  folder: "/media/uma/Work/Toolcrib/sample-studio",
  free_bytes: 412_000_000_000,
  needed_bytes: 341_000_000,
};
