import type { ProductEntitlement, ReleaseOffer } from "@/api/types";
import { compareVersions } from "@/lib/versions";
import { languagesOf, versionsOf } from "@/lib/releases";

/** What the person, or the address of the page, asked for; what is absent is chosen for them. */
export interface Wish {
  readonly version?: string;
  readonly platform?: string;
  readonly language?: string;
}

type ReleaseKey = Pick<ReleaseOffer, "version" | "platform" | "language">;

/** One version as it is offered, or why it is not. */
export interface VersionChoice {
  readonly version: string;
  readonly standing: "open" | "withdrawn" | "locked";
}

/** All versions, the newest first; one that is withdrawn everywhere or locked is shown, and cannot be chosen (S-113). */
export function versionChoices({
  releases,
  withdrawn = [],
  locked = [],
}: Pick<ProductEntitlement, "releases" | "withdrawn" | "locked">) {
  const open = versionsOf(releases);
  const others = (list: readonly ReleaseKey[], standing: VersionChoice["standing"], known: string[]) =>
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

/** The platforms of the packages of a version, each once. */
export function platformsOf(releases: readonly ReleaseOffer[], version: string): string[] {
  const fitting = releases.filter((release) => release.version === version);
  return [...new Set(fitting.map(({ platform }) => platform))].toSorted();
}

/** The package that fits a wish best: the recommended version, for the computer at hand, in English, until said otherwise. */
export function packageFor(
  { releases, version: stable }: Pick<ProductEntitlement, "releases" | "version">,
  wish: Wish,
  here: string,
): ReleaseOffer | undefined {
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

/** The platform that a browser most likely runs on, by the name that it gives itself. */
export function platformOf(userAgent: string): string {
  if (/Windows/.test(userAgent)) return "windows-x86_64";
  if (/Mac OS|Macintosh/.test(userAgent)) return "macos-aarch64";
  return /aarch64|arm64/i.test(userAgent) ? "linux-aarch64" : "linux-x86_64";
}
