import { inQueueOrder } from "@/api/feed";
import type { Credentials, Host } from "@/api/host";
import type { Native } from "@/api/native";
import type {
  FeedMessage,
  InstalledView,
  InstallOptions,
  JobState,
  JobView,
  LicenceView,
} from "@/api/native.gen";
import { answersOf, type Answers } from "./answers";
import { nothingDone, nothingSaid } from "./computer";
import { fetchingAbilities, type LentToFetching } from "./fake-fetching";
import { invitationAbilities, type InvitationLent } from "./fake-invitation";
import { licenceAbilities, renewed, type Lent } from "./fake-licence";
import { readingAbilities } from "./fake-reading";
import { updateAbilities, type LentToUpdates } from "./fake-updates";
import type { OperationId, Operations } from "@/api/operations";
import type { Me } from "@/api/types";
import { Failure, type FailureCode } from "@/lib/failure";
import type { World } from "./world";

export type { World } from "./world";

/** The password of everybody in the fake world. */
export const password = "sample-Pass-1";

/** A failure with a code and the words of whoever refused. */
export function failure(code: FailureCode, message = "", advice = ""): Failure {
  return new Failure({ code, message, advice, retryable: false, requestId: null });
}

/** An in-memory host: the whole bridge over a small world that tests and the preview can steer. */
export class FakeHost implements Host {
  readonly kind: Host["kind"];
  readonly native: Native | null;
  /** Everything that was asked of the host, in order. */
  readonly asked: string[] = [];
  /** What was sent along with operations of the API, in order. */
  readonly sent: { readonly operation: OperationId; readonly body: unknown }[] = [];
  jobs: JobView[];
  installed: InstalledView[];
  private me: Me | null;
  private readonly broken = new Map<string, Failure | null>();
  private readonly otherAnswers: Answers = {};
  private passed = () => {};
  private tellPage: (message: FeedMessage) => void = () => {};

  constructor(readonly world: World) {
    this.kind = world.kind;
    this.me = world.me;
    this.jobs = [...world.jobs];
    this.installed = [...world.installed];
    this.native = world.kind === "window" ? this.abilities() : null;
  }

  /** Makes one act fail from now on; null mends it. */
  breaks(act: string, how: Failure | null): void {
    this.broken.set(act, how);
  }

  /** Makes an operation of the API answer something else from now on. */
  answers<K extends OperationId>(operation: K, answer: Operations[K]["answer"]): void {
    Object.assign(this.otherAnswers, { [operation]: answer });
  }

  /** Tells the pages something through the feed. */
  tell(message: FeedMessage): void {
    this.tellPage(message);
  }

  /** Moves a job on, and tells. */
  move(id: string, change: Partial<JobView>): JobView {
    const before = this.jobs.find((job) => job.id === id);
    if (!before) throw failure("unknown_job");
    const job = { ...before, ...change, updated_at: new Date().toISOString() };
    this.jobs = this.jobs.map((item) => (item.id === id ? job : item));
    this.tell({ kind: "job", job });
    return job;
  }

  /** Puts what is installed, and tells. */
  put(installed: InstalledView[]): void {
    this.installed = installed;
    this.tell({ kind: "installed", installed });
  }

  async signIn(credentials: Credentials): Promise<Me> {
    this.note(
      `signIn ${credentials.userId} ${credentials.server ?? "-"} ${credentials.code ?? "-"}`,
      "signIn",
    );
    if (credentials.password !== password) throw failure("wrong_credentials");
    this.me = this.world.person;
    this.passed();
    return this.me;
  }

  async signOut(): Promise<void> {
    this.note("signOut");
    this.me = null;
  }

  async call<K extends OperationId>(
    operation: K,
    params: Operations[K]["params"],
    body: Operations[K]["body"],
  ): Promise<Operations[K]["answer"]> {
    this.note([operation, ...Object.values(params)].join(" "), operation);
    if (!this.me) throw failure("not_signed_in");
    if (body) this.sent.push({ operation, body });
    const answers = { ...answersOf(this.world, this.me, params), ...this.otherAnswers };
    return answers[operation] as Operations[K]["answer"];
  }

  private lent(): Lent & LentToFetching & InvitationLent & LentToUpdates {
    return {
      tell: (message) => this.tell(message),
      arrive: () => (this.me = this.world.person),
      onVerified: (passed) => (this.passed = passed),
      note: (what, act) => this.note(what, act),
      licence: (product) => this.installedOf(product).licence,
      move: (job, change) => this.move(job, change),
      begin: (kind, product) => this.begin(kind, product, null),
    };
  }

  private note(what: string, act = what): void {
    this.asked.push(what);
    const how = this.broken.get(act);
    if (how) throw how;
  }

  private abilities(): Native {
    const state = (job: string, act: string, next: JobState) => {
      this.note(`${act} ${job}`, act);
      return this.move(job, { state: next });
    };
    return {
      ...licenceAbilities(this.world, this.lent()),
      ...fetchingAbilities(this.world, this.lent()),
      ...invitationAbilities(this.world, this.lent()),
      ...readingAbilities(this.world, this.lent()),
      ...updateAbilities(this.world, this.lent()),
      app: async () => ({ ...this.world.app, signed_in: this.me !== null }),
      checkProduct: async (product) => {
        this.note(`checkProduct ${product}`, "checkProduct");
        return this.world.report(product);
      },
      planInstall: async (product, options) => {
        this.note(`planInstall ${product}`, "planInstall");
        return this.world.plan(product, options);
      },
      installProduct: async (product, options) => this.begin("install", product, options),
      downloadProduct: async (product, options) => this.begin("download", product, options),
      showDownload: async (job) => this.note(`showDownload ${job}`, "showDownload"),
      removal: async () => {
        this.note("removal");
        return this.world.removal;
      },
      uninstallProduct: async (product, settings, files) => {
        this.note(`uninstallProduct ${product} ${settings} ${files}`);
        return this.begin("uninstall", product, null);
      },
      pauseJob: async (job) => state(job, "pauseJob", "pausing"),
      resumeJob: async (job) => state(job, "resumeJob", "downloading"),
      pauseAll: async () => this.all("pauseAll", "pausing", "downloading", "queued"),
      resumeAll: async () => this.all("resumeAll", "queued", "paused"),
      moveJob: async (job, before) => this.reorder(job, before),
      cancelJob: async (job, held) => {
        this.note(`cancelJob ${job} ${held}`, "cancelJob");
        return this.move(job, { state: "cancelled" });
      },
      dismissJob: async (job) => {
        this.note(`dismissJob ${job}`, "dismissJob");
        this.jobs = this.jobs.filter(({ id }) => id !== job);
        return null;
      },
      holdProduct: async (product, until) => {
        this.note(`holdProduct ${product} ${until ?? "-"}`, "holdProduct");
        const hold = { since: new Date().toISOString(), until };
        this.change(product, { hold });
        return hold;
      },
      releaseHold: async (product) => {
        this.note(`releaseHold ${product}`, "releaseHold");
        this.change(product, { hold: null });
      },
      rollBack: async (product, to) => this.switch(product, to),
      repairProduct: async (product, metered) => this.begin("repair", product, { metered }),
      moveProduct: async (product, place) => {
        this.note(`moveProduct ${product} ${place}`, "moveProduct");
        return this.begin("move", product, null);
      },
      pinRelease: async (product, version, pinned) => this.pin(product, version, pinned),
      launchProduct: async (product, version) => {
        this.note(["launchProduct", product, ...(version ? [version] : [])].join(" "), "launchProduct");
        return { product, version: version ?? this.installedOf(product).version, pid: 4711 };
      },
      restartComputer: async () => this.note("restartComputer"),
      licence: async (product) => this.installedOf(product).licence,
      verifyLicence: async (product, given) => this.verify(product, given),
      followFeed: async (tell) => {
        this.tellPage = tell;
        tell({ kind: "snapshot", jobs: this.jobs, installed: this.installed });
      },
    };
  }

  private all(act: string, next: JobState, ...from: JobState[]): JobView[] {
    this.note(act);
    const those = this.jobs.filter(({ state }) => from.includes(state));
    return those.map(({ id }) => this.move(id, { state: next }));
  }

  /** Ranks the unfinished jobs anew. */
  private reorder(id: string, before: string | null): JobView[] {
    this.note(`moveJob ${id} ${before ?? "-"}`, "moveJob");
    const ids = inQueueOrder(this.jobs)
      .map((job) => job.id)
      .filter((other) => other !== id);
    ids.splice(before === null ? ids.length : ids.indexOf(before), 0, id);
    return ids.map((other, rank) => this.move(other, { rank }));
  }

  /** Changes what is known of an installed product, and tells. */
  private change(product: string, change: Partial<InstalledView>): InstalledView {
    this.put(this.installed.map((item) => (item.product === product ? { ...item, ...change } : item)));
    return this.installedOf(product);
  }

  /** Makes a release current, as the client would. */
  private switch(product: string, to: string | null): InstalledView {
    this.note(`rollBack ${product} ${to ?? "-"}`, "rollBack");
    const before = this.installedOf(product);
    const version = to ?? before.version;
    const mark = (it: string) => ({ standing: it === version ? "current" : "previous" }) as const;
    const releases = before.releases.map((it) => Object.assign({}, it, mark(it.version)));
    return this.change(product, { version, releases, fails_to_start: false });
  }

  /** Marks a release, as the client would. */
  private pin(product: string, version: string, pinned: boolean): InstalledView {
    this.note(`pinRelease ${product} ${version} ${pinned}`, "pinRelease");
    const releases = this.installedOf(product).releases.map((it) =>
      it.version === version ? Object.assign({}, it, { pinned }) : it,
    );
    return this.change(product, { releases });
  }

  private begin(kind: JobView["kind"], product: string, options: Partial<InstallOptions> | null): JobView {
    this.note(`${kind}Product ${product} ${JSON.stringify(options)}`, `${kind}Product`);
    const now = new Date().toISOString();
    const job: JobView = {
      id: `${product}-${this.jobs.length + 1}`,
      kind,
      product,
      name: this.world.products.find((item) => item.product === product)?.name ?? product,
      version:
        options?.version ?? this.installed.find((item) => item.product === product)?.version ?? "1.1.0",
      state: kind === "uninstall" ? "committing" : "checking",
      ...nothingSaid,
      not_before: options?.not_before ?? null,
      progress: nothingDone,
      after: [],
      priority: "normal",
      rank: Date.now(),
      components: [],
      installed: [],
      folder: kind === "download" ? `/home/uma/Downloads/${product}` : null,
      platform: null,
      created_at: now,
      updated_at: now,
    };
    this.jobs = [...this.jobs, job];
    this.tell({ kind: "job", job });
    return job;
  }

  private verify(product: string, given: string): LicenceView {
    this.note(`verifyLicence ${product}`, "verifyLicence");
    if (given !== password) throw failure("wrong_credentials");
    const licence = renewed(this.installedOf(product).licence);
    this.passed();
    return this.change(product, { licence }).licence;
  }

  private installedOf(product: string): InstalledView {
    const found = this.installed.find((item) => item.product === product);
    if (!found) throw failure("not_installed");
    return found;
  }
}
