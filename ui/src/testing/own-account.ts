import type { OperationId, Operations } from "@/api/operations";
import type { TimelineEntry } from "@/api/types";
import { inDays } from "./catalogue";
import { machineDetail } from "./machines";

function entry(days: number, facts: Omit<TimelineEntry, "entry" | "at">): TimelineEntry {
  return { entry: `entry-${days}`, at: inDays(days), ...facts };
}

/** What happened to a computer, the newest first. */
export const timeline: readonly TimelineEntry[] = [
  entry(-0.2, { event: "lease_renewed", product: "sample-studio", next_at: inDays(22) }),
  entry(-1, {
    event: "lease_refused",
    product: "zig",
    reason: "device_limit",
    detail:
      "You use `zig` on 2 computers already, which is the most your subscription allows: `drafting-04`, `uma-desktop`. Release one of them, and go on here at once.",
    next_at: inDays(3),
  }),
  entry(-2, { event: "signed_out_remotely", by: "Carl Okafor" }),
  entry(-8, { event: "lease_verified", product: "sample-studio", next_at: inDays(22) }),
  entry(-38, { event: "serial_attached", product: "sample-studio" }),
  entry(-39, { event: "lease_granted", product: "sample-studio", next_at: inDays(-9) }),
  entry(-40, { event: "installed", product: "sample-studio" }),
  entry(-90, { event: "device_registered" }),
];

const codes = ["4t7c1-9wq2m-zz08x", "h3k5v-77aem-0b4rd", "p2n8g-c6yjt-51wfs", "x9m4e-d3r0k-vq7ha"];

/** What the service answers of one's own account. */
export const ownAccount: Partial<{ [P in OperationId]: Operations[P]["answer"] }> = {
  deviceTimeline: { items: [...timeline] },
  createHandOver: {
    token: `tch_${"A".repeat(43)}`,
    link: `toolcrib://install/sample-studio?server=https%3A%2F%2Ftoolcrib.smith.example%2F&hand-over=tch_${"A".repeat(43)}`,
    expires_at: inDays(10 / 1440),
  },
  releaseProduct: null,
  signOutDevice: null,
  answerOffline: {
    answer: `toolcrib-answer.v4.public.${"eyJhIjoxfQ".repeat(150)}`,
    file_name: "sample-studio.toolcrib-answer",
    act: "activate",
    product: "sample-studio",
    device_name: "press-4",
    works_until: inDays(37),
  },
  endSession: null,
  removeSecondStep: null,
  secondStep: { recovery_codes_left: 0 },
  offerSecondStep: {
    secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    otpauth_url:
      "otpauth://totp/Toolcrib:uma%40smith.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Toolcrib",
    confirm_by: inDays(0.01),
  },
  confirmSecondStep: { codes },
  renewRecoveryCodes: { codes },
  listSessions: {
    items: [
      {
        session: "s1",
        device: "d2",
        device_name: "uma-laptop",
        signed_in_at: inDays(-3),
        this_session: false,
      },
      { session: "s2", signed_in_at: inDays(-0.1), this_session: true },
    ],
  },
  ownFacts: {
    collected: true,
    changed_by: "Carl Okafor",
    changed_at: inDays(-20),
    devices: [{ device: "d2", name: "uma-desktop", received_at: inDays(-0.3), facts: machineDetail.facts }],
  },
  privacy: {
    version: "2026-11-22.2",
    text: "What Toolcrib keeps about you, and why\n\nYour account. Your name and your User ID.\n\nYour computers. Their names and systems.",
  },
};
