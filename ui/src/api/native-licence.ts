import type { BundleView, DoctorView } from "./native.gen";

/** What the desktop window can do about licences, and about what stands in their way. */
export interface LicenceAbilities {
  /** Looks at this computer, the network, the service and the person's rights. */
  doctor(): Promise<DoctorView>;
  /** Writes one file for whoever helps, into a folder that the program chooses. */
  supportBundle(): Promise<BundleView>;
}
