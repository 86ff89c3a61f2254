import type { DoctorView } from "@/api/native.gen";
import type { LicenceAbilities } from "@/api/native-licence";

/** What the fake world knows of licences and of what stands in their way. */
export interface LicenceWorld {
  readonly doctor: DoctorView;
}

/** The abilities over that world; `note` takes down what was asked, and breaks what is to break. */
export function licenceAbilities(world: LicenceWorld, note: (what: string) => void): LicenceAbilities {
  return {
    doctor: async () => {
      note("doctor");
      return world.doctor;
    },
    supportBundle: async () => {
      note("supportBundle");
      const file = "/home/uma/.local/share/toolcrib/support/toolcrib-support-2026-06-01.zip";
      return { file, size_bytes: 18_400, names: ["about.json", "doctor.json", "jobs.json", "toolcrib.log"] };
    },
  };
}
