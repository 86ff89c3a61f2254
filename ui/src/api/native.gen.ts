// Made from crates/client/src/view by `TOOLCRIB_WRITE_BINDINGS=1 cargo test -p toolcrib-client bindings`.
// Do not edit: the same test fails when this file is not current.

export type Verdict = "pass" | "warn" | "fail";

export type ComponentKind = "required" | "default" | "optional";

export type AppView = { 
/**
 * The version of Toolcrib.
 */
version: string, 
/**
 * What this computer runs.
 */
platform: string, 
/**
 * The account service, if one is known.
 */
server: string | null, 
/**
 * Whether somebody is signed in there.
 */
signed_in: boolean, 
/**
 * Where secrets are kept, in words for the person.
 */
secrets_place: string, };

export type Code = "not_signed_in" | "wrong_credentials" | "second_step_needed" | "not_entitled" | "no_seat" | "unknown_product" | "offline" | "server_unusable" | "not_our_server" | "untrusted_catalogue" | "requirements_failed" | "texts_not_accepted" | "metered" | "policy" | "disk_full" | "folder_unusable" | "holds_copy" | "damaged_package" | "busy" | "app_open" | "unknown_job" | "not_installed" | "already_installed" | "device_limit" | "device_released" | "serial_needed" | "licence_refused" | "launch_failed" | "invalid" | "internal";

export type UiError = { 
/**
 * What went wrong, to be told apart.
 */
code: Code, 
/**
 * What went wrong, as a sentence.
 */
message: string, 
/**
 * What helps, as a sentence.
 */
advice: string, 
/**
 * Whether the same again may succeed without anybody changing anything.
 */
retryable: boolean, };

export type RuleView = { 
/**
 * The rule's short name.
 */
id: string, 
/**
 * What is asked for.
 */
text: string, 
/**
 * How this computer stands to it.
 */
verdict: Verdict, 
/**
 * What was measured, in words.
 */
measured: string, 
/**
 * What is needed, in words.
 */
needed: string, 
/**
 * What to do about it; `None` when it passed.
 */
fix: string | null, 
/**
 * A page with more.
 */
link: string | null, };

export type ReportView = { 
/**
 * The worst verdict of all rules.
 */
verdict: Verdict, 
/**
 * Every rule, in the vendor's order.
 */
rules: Array<RuleView>, };

export type ComponentView = { 
/**
 * The component.
 */
id: string, 
/**
 * Its name for people.
 */
name: string, 
/**
 * One sentence about it.
 */
summary: string, 
/**
 * How it comes to be installed.
 */
kind: ComponentKind, 
/**
 * The languages that it is for; none for what is for everybody.
 */
languages: Array<string>, 
/**
 * Whether it is a tool or utility beside the product (S-126).
 */
tool: boolean, 
/**
 * Other products here that have it, too: its files lie on the disk once.
 */
shared_with: Array<string>, 
/**
 * Bytes on the disk.
 */
installed_bytes: number, 
/**
 * Bytes to fetch.
 */
stored_bytes: number, 
/**
 * Whether it is part of this plan.
 */
selected: boolean, };

export type TextView = { 
/**
 * Its short name.
 */
id: string, 
/**
 * Its heading.
 */
title: string, 
/**
 * Its version.
 */
version: string, 
/**
 * The text, plain.
 */
body: string, 
/**
 * The name of the needed product that it is a text of; `None` for those of the product itself.
 */
needed: string | null, };

export type InstallOptions = { 
/**
 * The release; `None` for the one of the stable channel.
 */
version: string | null, 
/**
 * The language: of the release, or of components that it has for it; `None` for the first one there is.
 */
language: string | null, 
/**
 * The components beside the required ones; `None` for the vendor's default set.
 */
components: Array<string> | null, 
/**
 * Whether the release is installed beside the one that is current, which stays so (B-20).
 */
beside: boolean, 
/**
 * A download on this computer whose files are used; what is not among them is fetched.
 */
from: string | null, 
/**
 * The folder in which something else put the product, as a whole path: it is read and stays as it is, and what is not
 * in it is fetched (B-08).
 */
adopt: string | null, 
/**
 * The folder to install into, as a whole path; `None` for the usual one, or the one that it is in already.
 */
folder: string | null, 
/**
 * Whether a shortcut on the desktop is wanted (S-129); `None` for what was said of this product last, else yes.
 */
desktop_shortcut: boolean | null, 
/**
 * Whether the person accepts the texts of this release.
 */
accept_texts: boolean, 
/**
 * Whether to go on although the computer is less than recommended.
 */
despite_warnings: boolean, 
/**
 * Whether the person agrees to the scripts of this release.
 */
allow_scripts: boolean, 
/**
 * Whether much may be fetched over a metered network.
 */
metered: boolean, 
/**
 * When it is to be installed: it is fetched now and waits until then. `None` is at once.
 */
not_before: string | null, };

export type DownloadOptions = { 
/**
 * The release; `None` for the one that this computer is offered.
 */
version: string | null, 
/**
 * The language; `None` for the first one there is.
 */
language: string | null, 
/**
 * The computers that it is for; `None` for those like this one.
 */
platform: string | null, 
/**
 * Whether much may be fetched over a metered network.
 */
metered: boolean, };

export type PlanView = { 
/**
 * The product.
 */
product: string, 
/**
 * Its name for people.
 */
name: string, 
/**
 * Who made it.
 */
publisher: string, 
/**
 * The release.
 */
version: string, 
/**
 * The language: the one that was asked for, else that of the release.
 */
language: string, 
/**
 * The languages that the release can be had in, its components' among them.
 */
languages: Array<string>, 
/**
 * The folder that would hold it.
 */
folder: string, 
/**
 * Whether the organisation set it, so that the person cannot choose another one.
 */
folder_by_policy: boolean, 
/**
 * All components, chosen or not.
 */
components: Array<ComponentView>, 
/**
 * Bytes still to fetch.
 */
fetch_bytes: number, 
/**
 * Whether so much is not fetched without asking, because the network of now is metered.
 */
asks_metered: boolean, 
/**
 * Bytes that are here already.
 */
held_bytes: number, 
/**
 * The parts that lie in none of the folders that were named, by name; they are fetched.
 */
missing_parts: Array<string>, 
/**
 * Bytes on the disk afterwards.
 */
installed_bytes: number, 
/**
 * How many of them are there already, in files that other products have, too.
 */
shared_bytes: number, 
/**
 * Scripts of the release, as they would be run.
 */
scripts: Array<string>, 
/**
 * Whether the person agreed to them.
 */
runs_scripts: boolean, 
/**
 * What the release asks for beside its files and will not get.
 */
left_out: Array<LeftOutView>, 
/**
 * Bytes on the disk at the worst moment.
 */
peak_bytes: number, 
/**
 * How many of them still have to be free: without what is there already, written or set aside.
 */
needed_bytes: number, 
/**
 * Bytes that are free now.
 */
free_bytes: number, 
/**
 * The same two for each volume that is written to, that of the folder first.
 */
volumes: Array<VolumeView>, 
/**
 * Whether the volumes say more than the sizes do: there are several, or one is short.
 */
tells_volumes: boolean, 
/**
 * The texts still to be accepted.
 */
texts: Array<TextView>, 
/**
 * Whether a shortcut on the desktop would be made; `None` where the release brings none.
 */
desktop_shortcut: boolean | null, 
/**
 * Whether this computer is fit for it.
 */
report: ReportView, 
/**
 * Whether the computer must be restarted afterwards.
 */
restart_needed: boolean, 
/**
 * What is new in this release, for people; empty where the vendor says nothing.
 */
whats_new: string, 
/**
 * Whether that is what is installed already.
 */
nothing_to_do: boolean, 
/**
 * Other products that it needs and that are not there, in the order in which they are installed before it.
 */
needed: Array<NeededView>, };

export type NeededView = { 
/**
 * The product.
 */
product: string, 
/**
 * Its name for people.
 */
name: string, 
/**
 * Who made it.
 */
publisher: string, 
/**
 * The release.
 */
version: string, 
/**
 * The folder that would hold it.
 */
folder: string, 
/**
 * Bytes still to fetch.
 */
fetch_bytes: number, 
/**
 * Bytes on the disk afterwards.
 */
installed_bytes: number, };

export type VolumeView = { 
/**
 * Where it begins: its mount point, or its drive.
 */
mount: string, 
/**
 * Bytes that still have to be free there.
 */
needed_bytes: number, 
/**
 * Bytes that are free there now.
 */
free_bytes: number, 
/**
 * Whether there is too little room.
 */
is_short: boolean, };

export type LeftOutView = { 
/**
 * What it asks for, in words.
 */
what: string, 
/**
 * Why it does not get it, in words.
 */
reason: string, };

export type JobKind = "install" | "update" | "repair" | "move" | "download" | "uninstall";

export type JobState = "queued" | "checking" | "downloading" | "pausing" | "paused" | "committing" | "waiting" | "done" | "failed" | "cancelled" | "rolled_back";

export type JobNeed = "network" | "sign_in" | "other_network" | "disk" | "app_open" | "window";

export type JobPriority = "urgent" | "normal" | "background";

export type Held = "kept" | "dropped";

export type OwnSettings = "kept" | "removed";

export type OwnFiles = "kept" | "removed";

export type ProgressView = { 
/**
 * Bytes that are done.
 */
done_bytes: number, 
/**
 * Bytes in all.
 */
total_bytes: number, 
/**
 * Bytes that came over the network.
 */
fetched_bytes: number, 
/**
 * Those of them that came from other computers of the local network.
 */
peer_bytes: number, 
/**
 * How many computers of the local network they came from.
 */
peer_count: number, 
/**
 * How fast they come.
 */
rate_bytes_per_s: number, 
/**
 * The time that is left, where it can be told.
 */
remaining_s: number | null, 
/**
 * What is being done right now.
 */
task: string, 
/**
 * Whom everything waits for, where nothing has moved for 20 seconds.
 */
waiting_for: string | null, 
/**
 * Why there is more to do than was said at first, where that is so (S-131).
 */
growth: string | null, 
/**
 * The limit that it keeps to, in bytes a second.
 */
limit_bytes_per_s: number | null, };

export type SettingsView = { 
/**
 * What it is.
 */
name: string, 
/**
 * The folder.
 */
folder: string, 
/**
 * Bytes of all files in it.
 */
size_bytes: number, 
/**
 * How many files are in it.
 */
file_count: number, };

export type FolderView = { 
/**
 * Where it is, absolute.
 */
folder: string, 
/**
 * How many files it is, or holds.
 */
file_count: number, 
/**
 * Their bytes.
 */
size_bytes: number, };

export type SharedStaysView = { 
/**
 * The component's name.
 */
component: string, 
/**
 * The names of the other products.
 */
products: Array<string>, };

export type RemovalView = { 
/**
 * The folders of the person's settings; they stay unless the person says otherwise.
 */
settings: Array<SettingsView>, 
/**
 * What lies in the folders of the releases and neither they nor their scripts put there; it stays, too, unless the
 * person says otherwise.
 */
files: Array<FolderView>, 
/**
 * The folder that it is moved to.
 */
files_to: string, 
/**
 * The folders of releases that are not known any more: whatever is in them goes, because nothing can be told apart.
 */
unknown: Array<string>, 
/**
 * What other products have, too.
 */
shared: Array<SharedStaysView>, };

export type LeftView = { 
/**
 * The person's files that lay in a release's folder, where they are now.
 */
files: FolderView | null, 
/**
 * What else is in the product's folder: Toolcrib did not put it there.
 */
others: FolderView | null, 
/**
 * The folders of the person's settings.
 */
settings: Array<SettingsView>, 
/**
 * What other products have, too.
 */
shared: Array<SharedStaysView>, };

export type JobView = { 
/**
 * The job.
 */
id: string, 
/**
 * What it does.
 */
kind: JobKind, 
/**
 * The product.
 */
product: string, 
/**
 * The product's name for people.
 */
name: string, 
/**
 * The release.
 */
version: string, 
/**
 * Where it stands.
 */
state: JobState, 
/**
 * Why it waits, pauses or stands still.
 */
reason: string | null, 
/**
 * How far it is.
 */
progress: ProgressView, 
/**
 * Why it failed.
 */
failure: UiError | null, 
/**
 * What it waits for, where it waits for something outside.
 */
waits_for: JobNeed | null, 
/**
 * The jobs that have to be done before this one.
 */
after: Array<string>, 
/**
 * How soon it is begun among others.
 */
priority: JobPriority, 
/**
 * Its rank among those of the same priority: the smallest is begun first.
 */
rank: number, 
/**
 * The names of the installed components, once it is done (S-134).
 */
components: Array<string>, 
/**
 * The installed components with their sizes, once it is done (S-134).
 */
installed: Array<InstalledComponent>, 
/**
 * What stayed, once a product is removed, or once a release went in which the person had files.
 */
left: LeftView | null, 
/**
 * When it is installed, where it was fetched before and waits for that.
 */
not_before: string | null, 
/**
 * Whether it waits because this network is metered and nobody agreed to what it would fetch.
 */
asks_metered: boolean, 
/**
 * The folder that a download fills.
 */
folder: string | null, 
/**
 * The computers that a download is for, where they are not like this one: then it is not installed from here.
 */
platform: string | null, 
/**
 * When it was asked for.
 */
created_at: string, 
/**
 * When it last changed.
 */
updated_at: string, };

export type InstalledComponent = { 
/**
 * The component.
 */
id: string, 
/**
 * Its name for people.
 */
name: string, 
/**
 * Its version.
 */
version: string, 
/**
 * Bytes on the disk.
 */
installed_bytes: number, };

export type ReleaseStanding = "current" | "previous" | "kept";

export type ReleaseView = { 
/**
 * The release.
 */
version: string, 
/**
 * How it stands to the others.
 */
standing: ReleaseStanding, 
/**
 * Whether it stays however many newer ones there are.
 */
pinned: boolean, 
/**
 * When it was installed.
 */
installed_at: string, 
/**
 * Bytes of its files.
 */
installed_bytes: number, };

export type ExaminationView = { 
/**
 * The product.
 */
product: string, 
/**
 * Files with other content than they should have, and files that cannot be read.
 */
damaged: Array<string>, 
/**
 * Those of them that cannot be read; they are made anew.
 */
unreadable: Array<string>, 
/**
 * What is not there.
 */
missing: Array<string>, 
/**
 * What is there and is not of the release; it is never touched.
 */
extra: Array<string>, 
/**
 * How many bytes mending would fetch, if these are so many that nobody fetches them unasked over the network of now,
 * because it is metered.
 */
metered_bytes: number | null, };

export type PlaceView = { 
/**
 * Names it.
 */
id: string, 
/**
 * The folder.
 */
folder: string, 
/**
 * Bytes that are free on its disk.
 */
free_bytes: number, 
/**
 * What the product needs there, all its releases together: nothing on the disk where it is.
 */
needed_bytes: number, };

export type ReadMeRefusal = "too_large" | "not_text";

export type ReadMeView = { 
/**
 * The product.
 */
product: string, 
/**
 * Its name for people.
 */
name: string, 
/**
 * The release.
 */
version: string, 
/**
 * The language of the package that it is from.
 */
language: string, 
/**
 * Its path in the package; `None` where the release has none.
 */
file: string | null, 
/**
 * The text, plain: its lines end with `\n`, and nothing in it steers a terminal or reorders text.
 */
text: string | null, 
/**
 * How many characters of it were replaced, because they do not show by themselves.
 */
replaced_count: number, 
/**
 * Why it is not shown.
 */
refusal: ReadMeRefusal | null, 
/**
 * Where the file lies on this computer, if the release is installed.
 */
place: string | null, };

export type HoldView = { 
/**
 * Since when.
 */
since: string, 
/**
 * Until when; `None` until it is released.
 */
until: string | null, };

export type CompanyView = { 
/**
 * The name of the policy that decides; `None` where only a hold does.
 */
policy: string | null, 
/**
 * Whether the person may install it now.
 */
allows_now: boolean, 
/**
 * From when on they may, where that is known and not now.
 */
not_before: string | null, 
/**
 * When it is installed by itself; this may have passed.
 */
due: string | null, 
/**
 * Whether the release is older than what is installed.
 */
goes_back: boolean, 
/**
 * All of it for people.
 */
sentence: string, };

export type UpdateView = { 
/**
 * The product.
 */
product: string, 
/**
 * Its name for people.
 */
name: string, 
/**
 * The release that is installed.
 */
from: string, 
/**
 * The newer one.
 */
to: string, 
/**
 * What is new since the installed release, the newest first.
 */
news: Array<NewsView>, 
/**
 * Whether the vendor says that nobody should go on without it.
 */
critical: boolean, 
/**
 * Bytes still to fetch.
 */
fetch_bytes: number, 
/**
 * Bytes on the disk afterwards.
 */
installed_bytes: number, 
/**
 * Bytes on the disk at the worst moment.
 */
peak_bytes: number, 
/**
 * Bytes that are free now.
 */
free_bytes: number, 
/**
 * Whether the computer must be restarted afterwards.
 */
restart_needed: boolean, 
/**
 * Whether the product is held at its release.
 */
hold: HoldView | null, 
/**
 * What the person's company says of it, if it says something.
 */
policy: CompanyView | null, 
/**
 * Why it cannot be installed as things are, and what helps: the disk is full, the folder cannot be written. The sizes
 * are 0 where it could not be thought through because of that, but for what is to be fetched.
 */
obstacle: UiError | null, 
/**
 * Its texts that the person has not accepted yet, by title.
 */
terms: Array<string>, 
/**
 * The scripts that it asks to run.
 */
scripts: Array<string>, 
/**
 * Whether a job of the product is unfinished.
 */
under_way: boolean, };

export type PassedOver = "under_way" | "company" | "held" | "obstacle" | "terms" | "scripts";

export type PassedOverView = { 
/**
 * The product.
 */
product: string, 
/**
 * Its name for people.
 */
name: string, 
/**
 * The release that it stays without.
 */
to: string, 
/**
 * Why.
 */
why: PassedOver, 
/**
 * The same for people.
 */
sentence: string, 
/**
 * What somebody has to do before it can begin, as a failure of the wish to update everything; `None` where that is as
 * it should be: it is held, or comes later.
 */
failure: UiError | null, };

export type EverythingView = { 
/**
 * What would be installed.
 */
updates: Array<UpdateView>, 
/**
 * Bytes to fetch for all of it.
 */
fetch_bytes: number, 
/**
 * Whether so much is not fetched without asking, because the network of now is metered.
 */
asks_metered: boolean, 
/**
 * Whether the computer must be restarted afterwards.
 */
restart_needed: boolean, 
/**
 * What would stay as it is, and why.
 */
passed_over: Array<PassedOverView>, };

export type NotBegunView = { 
/**
 * The product.
 */
product: string, 
/**
 * Its name for people.
 */
name: string, 
/**
 * Why not, and what helps.
 */
failure: UiError, };

export type BegunView = { 
/**
 * The jobs that were begun, or go on.
 */
jobs: Array<JobView>, 
/**
 * The products that have a newer release which could not begin.
 */
not_begun: Array<NotBegunView>, };

export type Standing = "none" | "start" | "active" | "due" | "grace" | "lapsed" | "revoked" | "outage" | "clock_suspect";

export type LicenceAct = "nothing" | "sign_in" | "go_online" | "enter_serial" | "ask_administrator" | "free_device" | "wait";

export type LicenceView = { 
/**
 * The product.
 */
product: string, 
/**
 * Where it stands.
 */
standing: Standing, 
/**
 * Whether the product may run.
 */
may_run: boolean, 
/**
 * Why, as a stable word.
 */
reason: string, 
/**
 * The rule that the reason rests on, such as `S-143`.
 */
rule: string, 
/**
 * The same for people.
 */
sentence: string, 
/**
 * What would help.
 */
act: LicenceAct, 
/**
 * Whether the product may at least open what it made, to be read only.
 */
read_only: boolean, 
/**
 * The next date at which the answer changes by itself.
 */
next_at: string | null, 
/**
 * Whose licence it is.
 */
user_id: string | null, 
/**
 * Whose customer that is.
 */
organisation: string | null, 
/**
 * When the person last proved who they are.
 */
verified_at: string | null, 
/**
 * Until when the person need not sign in again.
 */
verify_by: string | null, 
/**
 * Until when offline use goes on after that.
 */
grace_until: string | null, 
/**
 * Until when the person took it offline on purpose.
 */
offline_until: string | null, 
/**
 * From when on nothing but a new lease helps.
 */
ends_at: string | null, 
/**
 * Until when it works without a network, all considered.
 */
works_offline_until: string | null, 
/**
 * When the contract ends.
 */
contract_ends_at: string | null, 
/**
 * The serial number.
 */
serial: string | null, };

export type StatementView = { 
/**
 * Its version.
 */
version: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its paragraphs, with an empty line between them.
 */
text: string, };

export type DeviceInUseView = { 
/**
 * The device.
 */
device: string, 
/**
 * The computer's name.
 */
name: string, 
/**
 * What it runs.
 */
platform: string, 
/**
 * When the product was last used there.
 */
last_used_at: string, };

export type RefusalView = { 
/**
 * The licence, with the reason, the rule and the next date.
 */
licence: LicenceView, 
/**
 * What the service said just now, where it was asked.
 */
message: string | null, 
/**
 * The person's other devices that hold the product, where there are too many; the one used last first.
 */
devices: Array<DeviceInUseView>, 
/**
 * Whom the person can ask, by name and address.
 */
administrators: Array<string>, };

export type GateView = { "step": "privacy", 
/**
 * The statement.
 */
statement: StatementView, } | { "step": "continue", 
/**
 * The licence.
 */
licence: LicenceView, } | { "step": "sign_in", 
/**
 * As whom, if that is known.
 */
user_id: string | null, 
/**
 * Whether a session is open: then the password alone is asked for.
 */
session: boolean, 
/**
 * The licence.
 */
licence: LicenceView, } | { "step": "ready", 
/**
 * What the person is told about it, if anything.
 */
notice: string | null, 
/**
 * The licence.
 */
licence: LicenceView, } | { "step": "read_only", 
/**
 * The licence.
 */
licence: LicenceView, } | { "step": "refused", 
/**
 * Why, and what helps.
 */
refusal: RefusalView, };

export type SerialView = { 
/**
 * The product.
 */
product: string, 
/**
 * Whether the product asks for a serial number at all.
 */
asked: boolean, 
/**
 * Whether one has to be entered now.
 */
needed: boolean, 
/**
 * Until when the product starts without one (X3).
 */
start_ends_at: string | null, 
/**
 * The serial number, for those who may see it (R12).
 */
serial: string | null, 
/**
 * When it was attached.
 */
attached_at: string | null, 
/**
 * Whether the last entry can be taken back.
 */
can_undo: boolean, };

export type TimelineEvent = "granted" | "renewed" | "allowed" | "refused" | "bridged" | "requested" | "released";

export type TimelineView = { 
/**
 * When, by the trusted time.
 */
at: string, 
/**
 * What happened.
 */
event: TimelineEvent, 
/**
 * Why, as a stable word.
 */
reason: string | null, 
/**
 * The rule that says so, such as `S-143`.
 */
rule: string | null, 
/**
 * When something changes by itself.
 */
next_at: string | null, 
/**
 * More, for people.
 */
detail: string | null, };

export type RequestView = { 
/**
 * The product.
 */
product: string, 
/**
 * What is asked.
 */
act: "activate" | "renew" | "release", 
/**
 * The request itself: it fits one QR code.
 */
text: string, 
/**
 * Where it was written down.
 */
file: string | null, 
/**
 * When it was made, by this computer's clock.
 */
made_at: string, };

export type InstalledView = { 
/**
 * The product.
 */
product: string, 
/**
 * Its name for people.
 */
name: string, 
/**
 * Who made it.
 */
publisher: string, 
/**
 * The release that is current.
 */
version: string, 
/**
 * Its language.
 */
language: string, 
/**
 * The folder that holds it.
 */
folder: string, 
/**
 * Bytes on the disk.
 */
installed_bytes: number, 
/**
 * The components that were chosen.
 */
components: Array<string>, 
/**
 * The same with names and sizes.
 */
installed_components: Array<InstalledComponent>, 
/**
 * The releases that are here: the current one first, then the one before it.
 */
releases: Array<ReleaseView>, 
/**
 * Whether and how long it is held at its release.
 */
hold: HoldView | null, 
/**
 * Whether it failed to start twice in a row, at once and by itself.
 */
fails_to_start: boolean, 
/**
 * Whether it has a program to start.
 */
launchable: boolean, 
/**
 * Whether the computer is still to be restarted (S-135).
 */
restart_pending: boolean, 
/**
 * Whether it may run.
 */
licence: LicenceView, 
/**
 * When it was installed.
 */
installed_at: string, };

export type LaunchView = { 
/**
 * The product.
 */
product: string, 
/**
 * Its release.
 */
version: string, 
/**
 * The process.
 */
pid: number, };

export type Subject = "home" | "disk" | "secrets" | "policy" | "network" | "name" | "proxy" | "connection" | "protection" | "service" | "content_servers" | "clock" | "session" | "licences";

export type Finding = "good" | "not_looked_at" | "home_unusable" | "disk_full" | "disk_low" | "secrets_unusable" | "policy_refused" | "policy_unknown" | "proxy_script_fails" | "content_server_away" | "no_server_known" | "no_network" | "unknown_name" | "port_blocked" | "proxy_sign_in" | "proxy_broken" | "intercepted" | "certificate_out_of_date" | "certificate_wrong" | "network_sign_in" | "server_down" | "server_unwell" | "server_silent" | "not_our_server" | "settings_unusable" | "clock_off" | "clock_wrong" | "nobody_signed_in" | "session_ended" | "revoked";

export type Whom = "nobody" | "network" | "operator" | "administrator";

export type CheckView = { 
/**
 * What was looked at.
 */
subject: Subject, 
/**
 * What was found, as a stable word.
 */
finding: Finding, 
/**
 * How bad it is.
 */
verdict: Verdict, 
/**
 * What was found, for people.
 */
found: string, 
/**
 * What to do about it.
 */
advice: string | null, 
/**
 * Whom to ask about it.
 */
whom: Whom, };

export type DoctorView = { 
/**
 * The worst of all.
 */
verdict: Verdict, 
/**
 * The account service, if one is known.
 */
server: string | null, 
/**
 * What was looked at, in the order of the way.
 */
checks: Array<CheckView>, 
/**
 * The host names that have to be allowed on port 443, at most three.
 */
hosts: Array<string>, };

export type BundleView = { 
/**
 * Where it is.
 */
file: string, 
/**
 * Its length.
 */
size_bytes: number, 
/**
 * What is in it.
 */
names: Array<string>, };

export type NewsView = { 
/**
 * The release.
 */
version: string, 
/**
 * The vendor's words; text, not markup.
 */
text: string, };

export type TakenBackView = { 
/**
 * The release.
 */
version: string, 
/**
 * Why, if the vendor says it.
 */
reason: string | null, 
/**
 * The same for people.
 */
sentence: string, };

export type WayOut = "update" | "roll_back" | "wait";

export type WayOutView = { 
/**
 * Which way it is.
 */
way: WayOut, 
/**
 * The release that it leads to; `None` where there is none yet.
 */
version: string | null, 
/**
 * The same for people.
 */
sentence: string, };

export type OfferView = { 
/**
 * The product.
 */
product: string, 
/**
 * The channel from which this device gets it.
 */
channel: string, 
/**
 * What is installed.
 */
installed: string, 
/**
 * Why the vendor took back what is installed, as an empty text where no reason is given; `None` if it was not.
 */
withdrawn: string | null, 
/**
 * What helps where the vendor took back what is installed.
 */
way_out: WayOutView | null, 
/**
 * The releases on this computer that the vendor took back, the current one first.
 */
taken_back: Array<TakenBackView>, 
/**
 * Whether what is installed is older than what the vendor still stands by.
 */
too_old: boolean, 
/**
 * The update that is offered to this device, if there is one.
 */
update: string | null, 
/**
 * Whether the update goes before holds.
 */
critical: boolean, 
/**
 * Bytes of the whole update, before anything that is here already is taken off.
 */
stored_bytes: number, 
/**
 * What the person's company says of the update, if it says something.
 */
policy: CompanyView | null, 
/**
 * What is new, from the installed release (exclusive) to the update, the newest first.
 */
news: Array<NewsView>, };

export type ChannelView = { 
/**
 * Its name.
 */
name: string, 
/**
 * The release that it has for this computer.
 */
version: string | null, 
/**
 * The release that would be installed next in the place of what is installed.
 */
update: string | null, 
/**
 * What it means to be on it, for people.
 */
sentence: string, };

export type ChannelsView = { 
/**
 * The product.
 */
product: string, 
/**
 * The channel from which it comes.
 */
channel: string, 
/**
 * Why nobody chooses another one here, for people; `None` where the person may.
 */
fixed: string | null, 
/**
 * Those that the vendor keeps, the usual one first.
 */
channels: Array<ChannelView>, };

export type InvitationStep = "meet_server" | "sign_in" | "replace" | "password" | "ready";

export type InvitedPerson = { 
/**
 * What the person signs in with.
 */
user_id: string, 
/**
 * The person's name.
 */
name: string, 
/**
 * The customer's name.
 */
organisation_name: string, };

export type InvitationView = { 
/**
 * Tells it from one that comes while the person reads.
 */
number: number, 
/**
 * The next question.
 */
step: InvitationStep, 
/**
 * The product.
 */
product: string, 
/**
 * Its name for people, where that is known yet.
 */
name: string | null, 
/**
 * The release; `None` for the recommended one.
 */
version: string | null, 
/**
 * The language; `None` for the usual one.
 */
language: string | null, 
/**
 * The account service that it names.
 */
server: string, 
/**
 * The one of this client, where that is another.
 */
other_server: string | null, 
/**
 * Who is signed in here.
 */
signed_in: string | null, 
/**
 * Whom it would sign in, where it would and that is known yet.
 */
person: InvitedPerson | null, 
/**
 * Whether it had a code that works no more.
 */
code_ended: boolean, };

export type CarriedView = { 
/**
 * The account service.
 */
server: string, 
/**
 * The SHA-256 of the catalogue's newest root, in hexadecimal.
 */
fingerprint: string, 
/**
 * Until when something can be installed by this state of the catalogue.
 */
expires_at: string | null, };

export type LimitHours = { 
/**
 * When they begin, such as `08:00`.
 */
from: string, 
/**
 * When they are over; earlier than they begin where they go over midnight.
 */
to: string, 
/**
 * Bytes a second then; `None` is as fast as it goes.
 */
bytes_per_s: number | null, };

export type LimitChoice = { 
/**
 * Bytes a second; `None` is as fast as it goes.
 */
usual_bytes_per_s: number | null, 
/**
 * Hours of each day with a limit of their own.
 */
hours: LimitHours | null, };

export type LimitView = { 
/**
 * What is set.
 */
set: LimitChoice, 
/**
 * Bytes a second that everything together may fetch now; `None` is as fast as it goes.
 */
now_bytes_per_s: number | null, 
/**
 * Whether the organisation set it, so that the person cannot change it.
 */
by_policy: boolean, };

export type PeersView = { 
/**
 * Whether they do.
 */
on: boolean, 
/**
 * Whether the organisation decided that, so that nobody changes it here.
 */
by_policy: boolean, 
/**
 * Whether a program of this home gives just now: it has to run for that.
 */
giving: boolean, 
/**
 * How many bytes came from other computers in all jobs that are remembered, as servers would have sent them.
 */
received_bytes: number, };

export type FeedMessage = { "kind": "snapshot", 
/**
 * All jobs, the newest first.
 */
jobs: Array<JobView>, 
/**
 * All installed products by name.
 */
installed: Array<InstalledView>, } | { "kind": "job", 
/**
 * The job as it is now.
 */
job: JobView, } | { "kind": "installed", 
/**
 * All installed products by name.
 */
installed: Array<InstalledView>, } | { "kind": "invited" } | { "kind": "signed_in", 
/**
 * Whether somebody is signed in now.
 */
signed_in: boolean, };
