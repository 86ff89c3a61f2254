import type { CheckedMachine, MachineChange, MachineDetail, MachineState } from "@/api/readiness";
import { inDays } from "./catalogue";

function machine(
  number: number,
  state: MachineState,
  change: MachineChange,
  more: Partial<CheckedMachine> = {},
): CheckedMachine {
  const verdict = state === "accepted" ? "fail" : state;
  return {
    machine: `019b0000-0000-7000-8000-${String(number).padStart(12, "0")}`,
    name: `desk-${String(number).padStart(3, "0")}`,
    verdict,
    state,
    change,
    finding_count: verdict === "pass" ? 0 : 1,
    products: [
      { product: "sample-studio", verdict },
      { product: "zig", verdict: "pass" },
    ],
    measured_at: inDays(-0.2),
    received_at: inDays(-0.2),
    ...more,
  };
}

const finding = { verdict: "fail", measured: "470.256", needed: "at least 535" } as const;

/** Computers that reported. */
export const checkedMachines: CheckedMachine[] = [
  machine(1, "pass", "same"),
  machine(2, "fail", "same", { finding }),
  machine(3, "warn", "better", {
    finding: { verdict: "warn", measured: "7.8 GB", needed: "recommended: at least 16.0 GB" },
  }),
  machine(4, "fail", "worse", { finding, finding_count: 3 }),
  machine(5, "pass", "new"),
  machine(17, "accepted", "same", { finding }),
];

/** One of them with everything that is known of it. */
export const machineDetail: MachineDetail = {
  machine: machine(2, "fail", "same"),
  device: "1f0e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
  tool: "toolcrib-check 0.1.0 linux-x86_64",
  rules: [
    {
      product: "sample-studio",
      rule: "gpu-driver",
      text: "Graphics driver",
      verdict: "fail",
      before: "warn",
      measured: "470.256",
      needed: "at least 535",
      fix: "Update the graphics driver to version 535 or newer.",
      accepted: false,
    },
    {
      rule: "memory",
      text: "Memory",
      verdict: "warn",
      measured: "7.8 GB",
      needed: "recommended: at least 16.0 GB",
      fix: "Add memory.",
      accepted: true,
    },
    {
      product: "zig",
      rule: "disk-space",
      text: "Free disk space",
      verdict: "pass",
      measured: "212.4 GB",
      needed: "at least 1.2 GB",
      accepted: false,
    },
  ],
  facts: [
    { name: "disk.free_bytes", fact: { known: { bytes: 212_400_000_000 } } },
    { name: "gpu.names", fact: { known: { words: ["NVIDIA T400"] } } },
    { name: "memory.total_bytes", fact: { known: { bytes: 7_800_000_000 } } },
    { name: "os.name", fact: { known: { text: "Debian GNU/Linux" } } },
    { name: "rights.is_admin", fact: { known: { flag: false } } },
    { name: "system.restart_pending", fact: { unknown: "this system does not tell" } },
  ],
  reports: [
    { verdict: "fail", measured_at: inDays(-0.2), received_at: inDays(-0.2) },
    { verdict: "warn", measured_at: inDays(-6), received_at: inDays(-6) },
  ],
};
