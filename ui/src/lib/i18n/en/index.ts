import { carried } from "./carried";
import { channels, withdrawn } from "./channels";
import { connection } from "./connection";
import { download } from "./download";
import { failure } from "./failure";
import { files } from "./files";
import { gate } from "./gate";
import { groups } from "./groups";
import { handOver, invitation } from "./hand-over";
import { left } from "./left";
import { limit } from "./limit";
import { manage } from "./manage";
import { install, jobs, licence } from "./native";
import { contracts, products, profile, support } from "./account";
import { devices } from "./devices";
import { offline } from "./offline";
import { policies, policyFaults, policyForm, policyPreview } from "./policies";
import { firstSteps, readMe } from "./read-me";
import { peers } from "./peers";
import {
  readiness,
  readinessBoard,
  readinessCollect,
  readinessFacts,
  readinessMachines,
  readinessNew,
  readinessSign,
} from "./readiness";
import { security } from "./security";
import { serial } from "./serial";
import { common, shell, signIn } from "./shell";
import { updates } from "./updates";

/** The texts in English, the language in which all others are measured. */
export const en = {
  carried,
  channels,
  common,
  connection,
  contracts,
  devices,
  download,
  failure,
  files,
  firstSteps,
  gate,
  groups,
  handOver,
  install,
  invitation,
  jobs,
  left,
  licence,
  limit,
  manage,
  offline,
  peers,
  policies,
  policyFaults,
  policyForm,
  policyPreview,
  products,
  profile,
  readMe,
  readiness,
  readinessBoard,
  readinessCollect,
  readinessFacts,
  readinessMachines,
  readinessNew,
  readinessSign,
  security,
  serial,
  shell,
  signIn,
  support,
  updates,
  withdrawn,
} as const;
