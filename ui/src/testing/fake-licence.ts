import type { DoctorView, GateView, LicenceView, SerialView, TimelineView } from "@/api/native.gen";
import type { LicenceAbilities } from "@/api/native-licence";
import { Failure } from "@/lib/failure";

/** What the fake world knows of licences and of what stands in their way. */
export interface LicenceWorld {
  readonly doctor: DoctorView;
  /** What a start asks, one after the other; after the last it may start. */
  readonly gates: readonly GateView[];
  readonly timeline: readonly TimelineView[];
  readonly serial: Omit<SerialView, "product">;
}

/** What the fake host lends: notes what was asked and breaks what is to break; looks licences up. */
export interface Lent {
  note(what: string, act: string): void;
  licence(product: string): LicenceView;
  /** Tells when the person proved who they are. */
  onVerified(passed: () => void): void;
}

/** The abilities over that world. */
export function licenceAbilities(world: LicenceWorld, lent: Lent): LicenceAbilities {
  const gates = [...world.gates];
  let serial = { ...world.serial };
  const passed = () => void gates.shift();
  lent.onVerified(passed);
  const standing = (product: string): SerialView => ({ product, ...serial });
  return {
    gate: async (product) => {
      lent.note(`gate ${product}`, "gate");
      return gates[0] ?? { step: "ready", notice: null, licence: lent.licence(product) };
    },
    acceptPrivacy: async (version) => {
      lent.note(`acceptPrivacy ${version}`, "acceptPrivacy");
      passed();
    },
    confirmIdentity: async (product) => {
      lent.note(`confirmIdentity ${product}`, "confirmIdentity");
      passed();
    },
    freeDevice: async (product, device) => {
      lent.note(`freeDevice ${product} ${device}`, "freeDevice");
      passed();
      return lent.licence(product);
    },
    computer: async () => "uma-desktop",
    serial: async (product) => {
      lent.note(`serial ${product}`, "serial");
      return standing(product);
    },
    setSerial: async (product, typed) => {
      lent.note(`setSerial ${product} ${typed}`, "setSerial");
      if (!/^\d{3}-?\d{8}$/.test(typed)) throw mistyped();
      serial = { ...serial, serial: typed, needed: false, can_undo: true };
      return standing(product);
    },
    undoSerial: async (product) => {
      lent.note(`undoSerial ${product}`, "undoSerial");
      serial = { ...world.serial };
      return standing(product);
    },
    licenceTimeline: async (product) => {
      lent.note(`licenceTimeline ${product}`, "licenceTimeline");
      return [...world.timeline];
    },
    takeOffline: async (product, until) => {
      lent.note(`takeOffline ${product} ${until?.slice(0, 10) ?? "-"}`, "takeOffline");
      return { ...lent.licence(product), offline_until: until };
    },
    requestOffline: async (product, act) => {
      lent.note(`requestOffline ${product} ${act}`, "requestOffline");
      const file = `/home/uma/.local/share/toolcrib/support/${product}-request.txt`;
      const text = `toolcrib-request.v4.public.${"eyJzY2hlbWEiOjEsImFjdCI6InJlbmV3In0".repeat(22)}`;
      return { product, act, text, file, made_at: new Date().toISOString() };
    },
    importAnswer: async (text) => {
      lent.note(`importAnswer ${text}`, "importAnswer");
      return renewed(lent.licence("sample-studio"));
    },
    doctor: async () => {
      lent.note("doctor", "doctor");
      return world.doctor;
    },
    supportBundle: async () => {
      lent.note("supportBundle", "supportBundle");
      const file = "/home/uma/.local/share/toolcrib/support/toolcrib-support-2026-06-01.zip";
      return { file, size_bytes: 18_400, names: ["about.json", "doctor.json", "jobs.json", "toolcrib.log"] };
    },
  };
}

/** A licence right after the person proved who they are. */
export function renewed(before: LicenceView): LicenceView {
  const now = Date.now();
  const later = (days: number) => new Date(now + days * 86_400_000).toISOString();
  return {
    ...before,
    standing: "active",
    may_run: true,
    verified_at: later(0),
    verify_by: later(30),
    works_offline_until: later(37),
  };
}

function mistyped(): Failure {
  const message = "A serial number has eleven digits, such as 123-45678906.";
  return new Failure({ code: "invalid", message, advice: "", retryable: false, requestId: null });
}
