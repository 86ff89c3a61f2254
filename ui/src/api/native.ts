import type {
  AppView,
  DownloadOptions,
  ExaminationView,
  FeedMessage,
  Held,
  HoldView,
  InstalledView,
  InstallOptions,
  JobView,
  LaunchView,
  LicenceView,
  OwnFiles,
  OwnSettings,
  PlaceView,
  PlanView,
  ReadMeView,
  RemovalView,
  ReportView,
} from "./native.gen";
import type { FetchingAbilities } from "./native-fetching";
import type { InvitationAbilities } from "./native-invitation";
import type { LicenceAbilities } from "./native-licence";
import type { UpdateAbilities } from "./native-updates";

/** What only the desktop window can do. Everything is named by ids: a page never names a path or an address. */
export interface Native extends LicenceAbilities, FetchingAbilities, InvitationAbilities, UpdateAbilities {
  app(): Promise<AppView>;
  checkProduct(product: string, version: string | null): Promise<ReportView>;
  /** The read-me of a release: the installed one without a version, else the one that is offered. */
  readMe(product: string, version: string | null, language: string | null): Promise<ReadMeView>;
  planInstall(product: string, options: InstallOptions): Promise<PlanView>;
  installProduct(product: string, options: InstallOptions): Promise<JobView>;
  /** Fetches a release into a folder below the person's downloads, or goes on with that. */
  downloadProduct(product: string, options: DownloadOptions): Promise<JobView>;
  /** Shows the folder of a download in the program that the desktop has for it. */
  showDownload(job: string): Promise<void>;
  /** Answers at once, with the task that is being finished. */
  pauseJob(job: string): Promise<JobView>;
  resumeJob(job: string): Promise<JobView>;
  pauseAll(): Promise<JobView[]>;
  resumeAll(): Promise<JobView[]>;
  /** Moves a job of the queue before another one; behind all others without one. Answers the queue. */
  moveJob(job: string, before: string | null): Promise<JobView[]>;
  cancelJob(job: string, held: Held): Promise<JobView>;
  /** Answers null once the job is forgotten. */
  dismissJob(job: string): Promise<JobView | null>;
  /** Keeps a product at its release until that time, or until it is released. */
  holdProduct(product: string, until: string | null): Promise<HoldView>;
  releaseHold(product: string): Promise<void>;
  /** Makes another release that is here the current one; the one before without a version. */
  rollBack(product: string, to: string | null): Promise<InstalledView>;
  /** Keeps a release that is here however many newer ones are installed, or lets it go with the next of them. */
  pinRelease(product: string, version: string, pinned: boolean): Promise<InstalledView>;
  /** Reads every file and lists what differs; changes nothing. */
  examineProduct(product: string): Promise<ExaminationView>;
  /** Reads every file and mends what differs; where `metered`, also if much has to be fetched over a metered network. */
  repairProduct(product: string, metered: boolean): Promise<JobView>;
  /** The folders that a product could be moved to, one for each disk. */
  places(product: string): Promise<PlaceView[]>;
  moveProduct(product: string, place: string): Promise<JobView>;
  /** What stays when a product is removed, and what the person may have go with it. */
  removal(product: string): Promise<RemovalView>;
  uninstallProduct(product: string, settings: OwnSettings, files: OwnFiles): Promise<JobView>;
  /** Starts the current release, or another one that is here. */
  launchProduct(product: string, version: string | null): Promise<LaunchView>;
  /** Restarts the computer; this program ends with all others. */
  restartComputer(): Promise<void>;
  licence(product: string): Promise<LicenceView>;
  verifyLicence(product: string, password: string, code: string | null): Promise<LicenceView>;
  /** Tells everything that changes; the first message is a full snapshot. */
  followFeed(tell: (message: FeedMessage) => void): Promise<void>;
}
