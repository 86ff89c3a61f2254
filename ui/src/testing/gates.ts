import type { GateView, LicenceView } from "@/api/native.gen";
import { inDays } from "./catalogue";
import { licence } from "./computer";

const studio = "sample-studio";

function of(change: Partial<LicenceView>): LicenceView {
  return licence(studio, change);
}

const statement = {
  version: "2026-11-22.2",
  title: "Privacy statement",
  text: [
    "Toolcrib keeps what it needs to know who may run what, and nothing else.",
    "When a licence is checked, the account service learns your User ID, the product, this computer's name and the time.",
    "What you do inside a product, your files and your habits are never sent anywhere.",
    "Your administrators see on which computers you are licensed, and when a product was last used there.",
    "You can see everything that is known of you on the pages Profile and Devices.",
  ].join("\n\n"),
};

/** As the judge answers: a refusal has no date at which it ends by itself. */
const over = { may_run: false, next_at: null, works_offline_until: null } as const;
const withdrawn = { ...over, standing: "revoked" } as const;
const ask = { act: "ask_administrator", rule: "S-138" } as const;
const administrators = ["Carl Okafor (carl@smith.example)", "Mia Sand (mia@smith.example)"];

function refused(change: Partial<LicenceView>, devices: number): GateView {
  const names = ["lab-17", "uma-home", "uma-old-laptop"];
  return {
    step: "refused",
    refusal: {
      licence: of(change),
      message: null,
      administrators,
      devices: names.slice(0, devices).map((name, index) => ({
        device: `019b0000-0000-7000-8000-00000000000${index}`,
        name,
        platform: "linux-x86_64",
        last_used_at: inDays(-3 * index - 1),
      })),
    },
  };
}

/** Every kind of thing that a start can ask, or be refused for. */
export const gates = {
  privacy: { step: "privacy", statement },
  continue: { step: "continue", licence: of({}) },
  due: {
    step: "sign_in",
    user_id: "uma@smith.example",
    session: true,
    licence: of({
      standing: "due",
      may_run: false,
      next_at: null,
      act: "sign_in",
      reason: "verification_due",
      sentence: "The verification was due on 22 November 2026, 09:14 CET. Sign in to go on.",
    }),
  },
  "last-days": {
    step: "ready",
    notice:
      "2 days left: sign in again before 24 November 2026, 09:14 CET. Works offline until 1 December 2026, 09:14 CET.",
    licence: of({ act: "sign_in", reason: "verification_ends_soon", next_at: inDays(2) }),
  },
  outage: {
    step: "ready",
    notice:
      "The account service does not answer, so this is a temporary right until 22 November 2026, 13:14 CET. We will retry by ourselves.",
    licence: of({
      standing: "outage",
      act: "wait",
      reason: "service_outage",
      rule: "S-154",
      next_at: inDays(0.17),
    }),
  },
  "read-only": {
    step: "read_only",
    licence: of({
      ...over,
      standing: "lapsed",
      read_only: true,
      act: "sign_in",
      reason: "grace_over",
      sentence:
        "The verification was due on 15 November 2026, 09:14 CET, and the days of grace ended on 22 November 2026, 09:14 CET. Sign in to go on. Your files are safe.",
    }),
  },
  devices: refused(
    {
      ...withdrawn,
      act: "free_device",
      rule: "B-25",
      reason: "device_limit",
      sentence: "You use this product on 2 computers already, as many as the subscription allows.",
    },
    2,
  ),
  "no-seat": refused(
    { ...withdrawn, ...ask, reason: "no_seat", sentence: "You have no seat for this product." },
    0,
  ),
  removed: refused(
    {
      ...withdrawn,
      ...ask,
      reason: "seat_removed",
      sentence: "The right to this product ended on 3 November 2026, 16:02 CET: your seat was removed.",
    },
    0,
  ),
  clock: refused(
    {
      ...over,
      standing: "clock_suspect",
      act: "go_online",
      rule: "B-28",
      reason: "clock_behind",
      sentence:
        "The clock of this computer is 3 days 2 h behind the time that was last certain (22 November 2026, 09:14 CET). Go online once to go on; the clock need not be set first.",
    },
    0,
  ),
  contract: refused(
    {
      ...withdrawn,
      ...ask,
      standing: "lapsed",
      rule: "B-26",
      reason: "contract_over",
      sentence:
        "The contract ended on 1 November 2026, 00:00 CET, and the product worked until 16 November 2026, 00:00 CET. Ask your contract manager to renew it. Your files are safe.",
    },
    0,
  ),
} as const satisfies Record<string, GateView>;
