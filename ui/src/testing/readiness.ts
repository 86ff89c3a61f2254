import type { DeviceLack, FleetOperations, ReadinessCause, ReadinessCheck } from "@/api/readiness";
import { inDays } from "./catalogue";
import { checkedMachines, machineDetail } from "./machines";

/** The check of the fake world. */
export const fleetCheck: ReadinessCheck = {
  check: "8c1f3c1e-55f0-4a11-9c3e-0d7a4f6b2c10",
  title: "Autumn rollout",
  state: "open",
  products: [
    { product: "sample-studio", name: "Sample Studio", version: "1.1.0" },
    { product: "zig", name: "Zig", version: "0.15.1" },
  ],
  rules: [
    {
      id: "memory",
      text: "Memory",
      fix: "Add memory.",
      minimum: { fact: "memory.total_bytes", at_least: "8 GB" },
    },
  ],
  rule_count: 9,
  created_by: "Carl Okafor",
  created_at: inDays(-6),
  expires_at: inDays(24),
  machine_count: 198,
  expected_count: 200,
};

const ended: ReadinessCheck = {
  ...fleetCheck,
  check: "0f0e4e0a-7d3b-4c52-8d6a-2b9b8f1f7a11",
  title: "Spring pilot",
  state: "closed",
  products: [],
  rule_count: 3,
  machine_count: 5,
  expected_count: 0,
  created_at: inDays(-190),
  expires_at: inDays(-160),
  closed_at: inDays(-170),
};

const causes: ReadinessCause[] = [
  {
    product: "sample-studio",
    product_name: "Sample Studio",
    rule: "gpu-driver",
    text: "Graphics driver",
    fix: "Update the graphics driver to version 535 or newer.",
    link: "https://drivers.example/",
    fail_count: 6,
    warn_count: 0,
    accepted_count: 0,
  },
  {
    rule: "memory",
    text: "Memory",
    fix: "Add memory.",
    fail_count: 3,
    warn_count: 11,
    accepted_count: 2,
  },
  {
    product: "zig",
    product_name: "Zig",
    rule: "disk-space",
    text: "Free disk space",
    fix: "Free some space on this volume, or choose a folder on another one.",
    fail_count: 2,
    warn_count: 0,
    accepted_count: 0,
  },
];

const lacks: DeviceLack[] = [
  {
    rule: "gpu-driver",
    text: "Graphics driver",
    verdict: "fail",
    measured: "470.82.0",
    needed: "at least 535",
    fix: "Update the graphics driver to version 535 or newer.",
  },
  {
    rule: "memory",
    text: "Memory",
    verdict: "warn",
    measured: "7.8 GB",
    needed: "recommended: at least 16.0 GB",
    fix: "Add memory.",
  },
];

const nothing = {
  machines: 0,
  pass: 0,
  accepted: 0,
  warn: 0,
  fail: 0,
  expected: 0,
  silent: 0,
  better: 0,
  worse: 0,
};

/** What the fake world answers about readiness; with `empty`, before anything was reported. */
export function fleetAnswers(empty: boolean): { [P in keyof FleetOperations]: FleetOperations[P]["answer"] } {
  const check = empty ? { ...fleetCheck, machine_count: 0, expected_count: 0 } : fleetCheck;
  const signOff = {
    sign_off: "019b0000-0000-7000-8000-0000000000f1",
    signed_by: "Carl Okafor",
    signed_at: inDays(-1),
  };
  const exception = {
    exception: "019b0000-0000-7000-8000-0000000000e1",
    rule: "memory",
    text: "Memory",
    machine: "desk-017",
    reason: "More memory is ordered and will be put in with the move.",
    accepted_by: "Carl Okafor",
    accepted_at: inDays(-2),
    ends_at: inDays(40),
    valid: true,
  };
  return {
    createReadinessCheck: check,
    listReadinessChecks: { items: empty ? [] : [check, ended] },
    readinessCheck: check,
    closeReadinessCheck: { ...check, state: "closed" },
    removeReadinessCheck: null,
    expectedMachines: { names: empty ? [] : ["desk-199", "desk-200"] },
    expectMachines: { names: ["desk-199", "desk-200"] },
    readinessExceptions: { exceptions: empty ? [] : [exception] },
    acceptFinding: exception,
    withdrawException: null,
    readinessPack: {
      bundle_url: `https://crib.smith.example/v1/readiness/checks/${check.check}/bundle`,
      bundle_file: "readiness-autumn-rollout.json",
      key_id: "9f2c1b7a5e3d4c6b8a7f9e0d1c2b3a4f5e6d7c8b9a0f1e2d3c4b5a6978877665",
      programs: [],
      commands: [
        {
          tool: "ssh",
          name: "Plain SSH",
          note: "One computer after the other, from a list of names in hosts.txt.",
          text: "while read -r host; do\n  ssh -n \"$host\" './toolcrib-check --bundle readiness-autumn-rollout.json --send'\ndone < hosts.txt",
        },
        {
          tool: "sccm",
          name: "Configuration Manager (SCCM)",
          note: "A package without an installation.",
          text: "toolcrib-check.exe --bundle readiness-autumn-rollout.json --send",
        },
      ],
    },
    importReadinessReports: {
      taken_count: 1,
      known_count: 0,
      refused_count: 1,
      results: [
        { file: "report-desk-001.json", outcome: "taken", machine: "desk-001", verdict: "pass" },
        {
          file: "report-desk-002.json",
          outcome: "refused",
          reason: "The report is refused: its signature is not good: it was changed.",
        },
      ],
    },
    readinessBoard: empty
      ? { counts: nothing, products: [], causes: [] }
      : {
          counts: {
            machines: 198,
            pass: 171,
            accepted: 2,
            warn: 16,
            fail: 9,
            expected: 200,
            silent: 2,
            better: 14,
            worse: 1,
          },
          products: [
            {
              product: "sample-studio",
              name: "Sample Studio",
              version: "1.1.0",
              pass: 181,
              warn: 11,
              fail: 6,
            },
            { product: "zig", name: "Zig", version: "0.15.1", pass: 196, warn: 0, fail: 2 },
          ],
          causes,
          newest_at: inDays(-0.02),
        },
    listCheckedMachines: { items: empty ? [] : checkedMachines },
    checkedMachine: machineDetail,
    listSilentMachines: { items: empty ? [] : [{ name: "desk-199" }, { name: "desk-200" }] },
    signOffReadiness: signOff,
    readinessSignOffs: { sign_offs: empty ? [] : [signOff] },
    factsSetting: { collected: !empty, changed_by: "Carl Okafor", changed_at: inDays(-20) },
    setFactsSetting: { collected: true, changed_by: "Carl Okafor", changed_at: inDays(0) },
    listDeviceFacts: {
      items: [
        {
          device: "d2",
          name: "uma-laptop",
          user_name: "Uma Patel",
          received_at: inDays(-0.3),
          facts: machineDetail.facts,
          products: [
            { product: "sample-studio", name: "Sample Studio", version: "1.1.0", verdict: "fail", lacks },
            { product: "zig", name: "Zig", version: "0.15.1", verdict: "pass", lacks: [] },
          ],
        },
        {
          device: "d3",
          name: "render-01.office.smith.example",
          user_name: "Yusuf Demir",
          received_at: inDays(-12),
          facts: machineDetail.facts,
          products: [
            { product: "sample-studio", name: "Sample Studio", version: "1.1.0", verdict: "pass", lacks: [] },
            { product: "zig", name: "Zig", version: "0.15.1", verdict: "pass", lacks: [] },
          ],
        },
      ],
    },
  };
}
