import { compareVersions } from "./versions";

/** What the person, or the address of the page, asked for; what is absent is chosen for them. */
export interface Wish {
  readonly version?: string;
  readonly platform?: string;
  readonly language?: string;
}

/** What tells one package of a product from another one. */
interface Offered {
  readonly version: string;
  readonly platform: string;
  readonly language: string;
}

/** Whether what is made for a platform runs on a computer. */
export function runsOn(platform: string, computer: string): boolean {
  return platform === "any" || platform === computer;
}

/** The releases that run on a computer; all where it is not known. */
export function offersFor<T extends Offered>(releases: readonly T[], platform: string | null): T[] {
  const fits = (offer: T) => platform === null || runsOn(offer.platform, platform);
  return releases.filter(fits);
}

/** The versions of releases, each once, the newest first. */
export function versionsOf(offers: readonly Offered[]): string[] {
  const versions = [...new Set(offers.map(({ version }) => version))];
  return versions.toSorted((left, right) => compareVersions(right, left));
}

/** One version as it is offered, or why it is not. */
export interface VersionChoice {
  readonly version: string;
  readonly standing: "open" | "withdrawn" | "locked";
}

/** One that the vendor took back, and why. */
interface Withdrawn extends Offered {
  readonly reason?: string | null;
}

/** What is offered, and what is shown only. */
export interface Versions {
  readonly releases: readonly Offered[];
  readonly withdrawn?: readonly Withdrawn[];
  readonly locked?: readonly Offered[];
}

/** All versions, the newest first; one that is withdrawn everywhere or locked is shown, and cannot be chosen (S-113). */
export function versionChoices({ releases, withdrawn = [], locked = [] }: Versions): VersionChoice[] {
  const open = versionsOf(releases);
  const others = (list: readonly Offered[], standing: VersionChoice["standing"], known: string[]) =>
    versionsOf(list)
      .filter((version) => !known.includes(version))
      .map((version) => ({ version, standing }));
  const closed = others(locked, "locked", open);
  const gone = others(withdrawn, "withdrawn", [...open, ...closed.map(({ version }) => version)]);
  const all: VersionChoice[] = [
    ...open.map((version) => ({ version, standing: "open" as const })),
    ...closed,
    ...gone,
  ];
  return all.toSorted((left, right) => compareVersions(right.version, left.version));
}

/** The languages of the packages of a version, each once. */
export function languagesOf(offers: readonly Offered[], version: string): string[] {
  const fitting = offers.filter((offer) => offer.version === version);
  return [...new Set(fitting.map(({ language }) => language))].toSorted();
}

/** The platforms of the packages of a version, each once. */
export function platformsOf(releases: readonly Offered[], version: string): string[] {
  const fitting = releases.filter((release) => release.version === version);
  return [...new Set(fitting.map(({ platform }) => platform))].toSorted();
}

/** The package that fits a wish best: the recommended version, for the computer at hand, in English, until said otherwise. */
export function packageFor<T extends Offered>(
  { releases, version: stable }: { readonly releases: readonly T[]; readonly version?: string | null },
  wish: Wish,
  here: string,
): T | undefined {
  const version = pick(versionsOf(releases), wish.version, stable ?? undefined);
  const ofVersion = releases.filter((release) => release.version === version);
  const platform = pick(platformsOf(ofVersion, version ?? ""), wish.platform, here, "any");
  const ofPlatform = ofVersion.filter((release) => release.platform === platform);
  const language = pick(languagesOf(ofPlatform, version ?? ""), wish.language, "en");
  return ofPlatform.find((release) => release.language === language);
}

/** The first of the wishes that there is, else the first of all. */
function pick(all: readonly string[], ...wishes: (string | undefined)[]): string | undefined {
  return wishes.find((wish) => wish !== undefined && all.includes(wish)) ?? all[0];
}
