import { ask } from "./ask";
import type { LicenceAbilities } from "./native-licence";

/** The abilities around licences: every call is a named command of the program around the pages. */
export const licenceAbilities: LicenceAbilities = {
  gate: (product) => ask("gate", { product }),
  acceptPrivacy: (version) => ask("accept_privacy", { version }),
  confirmIdentity: (product) => ask("confirm_identity", { product }),
  freeDevice: (product, device) => ask("free_device", { product, device }),
  computer: () => ask("computer"),
  serial: (product) => ask("serial", { product }),
  setSerial: (product, serial) => ask("set_serial", { product, serial }),
  undoSerial: (product) => ask("undo_serial", { product }),
  licenceTimeline: (product) => ask("licence_timeline", { product }),
  takeOffline: (product, until) =>
    until === null ? ask("return_early", { product }) : ask("take_offline", { product, until }),
  requestOffline: (product, act) => ask("request_offline", { product, act }),
  importAnswer: (text) => ask("import_answer", { text }),
  doctor: () => ask("doctor"),
  supportBundle: () => ask("support_bundle"),
};
