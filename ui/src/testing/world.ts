import type { Host } from "@/api/host";
import type {
  AppView,
  InstalledView,
  InstallOptions,
  JobView,
  PlaceView,
  PlanView,
  ReportView,
  RemovalView,
} from "@/api/native.gen";
import type { Contract, Device, Me, ProductEntitlement } from "@/api/types";
import type { FetchingWorld } from "./fake-fetching";
import type { InvitationWorld } from "./fake-invitation";
import type { LicenceWorld } from "./fake-licence";
import type { ReadingWorld } from "./fake-reading";
import type { UpdatesWorld } from "./fake-updates";

/** What a fake host knows at the start. */
export interface World extends LicenceWorld, FetchingWorld, InvitationWorld, ReadingWorld, UpdatesWorld {
  readonly kind: Host["kind"];
  readonly app: AppView;
  /** Null when nobody is signed in. */
  readonly me: Me | null;
  /** Who signs in with the password `sample-Pass-1`. */
  readonly person: Me;
  readonly products: readonly ProductEntitlement[];
  readonly devices: readonly Device[];
  readonly contracts: readonly Contract[];
  readonly installed: readonly InstalledView[];
  readonly jobs: readonly JobView[];
  readonly places: readonly PlaceView[];
  readonly removal: RemovalView;
  report(product: string): ReportView;
  plan(product: string, options: InstallOptions): PlanView;
}
