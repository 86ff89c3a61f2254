import type * as api from "./generated/types.gen";
import type { Page } from "./types";

/** Readiness checks of many computers: the operations, and the bodies as generated from the API's document. */

export type {
  CheckedMachine,
  DeviceFacts,
  DeviceFit,
  DeviceLack,
  FactsSetting,
  ImportResult,
  MachineChange,
  MachineDetail,
  MachineFact,
  MachineRule,
  MachineState,
  NewReadinessException,
  ReadinessBoard,
  ReadinessCause,
  ReadinessCounts,
  ReadinessException,
  ReadinessPack,
  ReadinessSignOff,
  ReportsImported,
  SilentMachine,
} from "./generated/types.gen";

/** A rule as its author writes it. */
export type RuleJson = Record<string, unknown>;

/** A check. */
export type ReadinessCheck = Omit<api.ReadinessCheck, "rules"> & { rules: RuleJson[] };

/** A check to be made. */
export type NewReadinessCheck = Omit<api.NewReadinessCheck, "rules"> & { rules: RuleJson[] };

/** Which computers to list. */
export type MachineFilter = {
  readonly state?: api.MachineState;
  readonly change?: api.MachineChange;
  readonly product?: string;
  readonly rule?: string;
  readonly name?: string;
};

const check = "/v1/readiness/checks/{check}";

/** Where the operations live. */
export const fleetRoutes = {
  createReadinessCheck: { method: "POST", path: "/v1/readiness/checks" },
  listReadinessChecks: { method: "GET", path: "/v1/readiness/checks" },
  readinessCheck: { method: "GET", path: check },
  closeReadinessCheck: { method: "POST", path: `${check}/close` },
  removeReadinessCheck: { method: "DELETE", path: check },
  expectedMachines: { method: "GET", path: `${check}/expected` },
  expectMachines: { method: "PUT", path: `${check}/expected` },
  readinessExceptions: { method: "GET", path: `${check}/exceptions` },
  acceptFinding: { method: "POST", path: `${check}/exceptions` },
  withdrawException: { method: "DELETE", path: `${check}/exceptions/{exception}` },
  readinessPack: { method: "GET", path: `${check}/pack` },
  importReadinessReports: { method: "POST", path: `${check}/imports` },
  readinessBoard: { method: "GET", path: `${check}/board` },
  listCheckedMachines: { method: "GET", path: `${check}/machines` },
  checkedMachine: { method: "GET", path: `${check}/machines/{machine}` },
  listSilentMachines: { method: "GET", path: `${check}/silent` },
  signOffReadiness: { method: "POST", path: `${check}/sign-offs` },
  readinessSignOffs: { method: "GET", path: `${check}/sign-offs` },
  factsSetting: { method: "GET", path: "/v1/readiness/facts-setting" },
  setFactsSetting: { method: "PUT", path: "/v1/readiness/facts-setting" },
  listDeviceFacts: { method: "GET", path: "/v1/readiness/device-facts" },
} as const;

type None = Record<never, string>;
type Cursor = { cursor?: string };
type Of = { check: string };

/** What each of them takes and answers. */
export interface FleetOperations {
  createReadinessCheck: { params: None; body: NewReadinessCheck; answer: ReadinessCheck };
  listReadinessChecks: { params: Cursor; body: null; answer: Page<ReadinessCheck> };
  readinessCheck: { params: Of; body: null; answer: ReadinessCheck };
  closeReadinessCheck: { params: Of; body: null; answer: ReadinessCheck };
  removeReadinessCheck: { params: Of; body: null; answer: null };
  expectedMachines: { params: Of; body: null; answer: api.ExpectedMachines };
  expectMachines: { params: Of; body: api.ExpectedMachines; answer: api.ExpectedMachines };
  readinessExceptions: { params: Of; body: null; answer: api.ReadinessExceptions };
  acceptFinding: { params: Of; body: api.NewReadinessException; answer: api.ReadinessException };
  withdrawException: { params: Of & { exception: string }; body: null; answer: null };
  readinessPack: { params: Of; body: null; answer: api.ReadinessPack };
  importReadinessReports: { params: Of; body: api.ReportImport; answer: api.ReportsImported };
  readinessBoard: { params: Of; body: null; answer: api.ReadinessBoard };
  listCheckedMachines: {
    params: Of & Cursor & { limit?: string } & MachineFilter;
    body: null;
    answer: Page<api.CheckedMachine>;
  };
  checkedMachine: { params: Of & { machine: string }; body: null; answer: api.MachineDetail };
  listSilentMachines: { params: Of & Cursor; body: null; answer: Page<api.SilentMachine> };
  signOffReadiness: { params: Of; body: null; answer: api.ReadinessSignOff };
  readinessSignOffs: { params: Of; body: null; answer: api.ReadinessSignOffs };
  factsSetting: { params: None; body: null; answer: api.FactsSetting };
  setFactsSetting: { params: None; body: api.NewFactsSetting; answer: api.FactsSetting };
  listDeviceFacts: { params: Cursor; body: null; answer: Page<api.DeviceFacts> };
}

/** Where a browser fetches a check's files. */
export const files = {
  bundle: (id: string) => `/v1/readiness/checks/${encodeURIComponent(id)}/bundle`,
  export: (id: string, format: "csv" | "xlsx" | "html") =>
    `/v1/readiness/checks/${encodeURIComponent(id)}/export?format=${format}`,
  signOff: (id: string, signOff: string, format: "json" | "html") =>
    `/v1/readiness/checks/${encodeURIComponent(id)}/sign-offs/${encodeURIComponent(signOff)}?format=${format}`,
} as const;
