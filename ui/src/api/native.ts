import type {
  AppView,
  FeedMessage,
  InstallOptions,
  JobView,
  LaunchView,
  LicenceView,
  PlanView,
  ReportView,
} from "./native.gen";

/** What only the desktop window can do. Everything is named by ids: a page never names a path or an address. */
export interface Native {
  app(): Promise<AppView>;
  checkProduct(product: string, version: string | null): Promise<ReportView>;
  planInstall(product: string, options: InstallOptions): Promise<PlanView>;
  installProduct(product: string, options: InstallOptions): Promise<JobView>;
  pauseJob(job: string): Promise<JobView>;
  resumeJob(job: string): Promise<JobView>;
  cancelJob(job: string): Promise<JobView>;
  /** Answers null once the job is forgotten. */
  dismissJob(job: string): Promise<JobView | null>;
  uninstallProduct(product: string): Promise<JobView>;
  launchProduct(product: string): Promise<LaunchView>;
  licence(product: string): Promise<LicenceView>;
  verifyLicence(product: string, password: string, code: string | null): Promise<LicenceView>;
  /** Tells everything that changes; the first message is a full snapshot. */
  followFeed(tell: (message: FeedMessage) => void): Promise<void>;
}
