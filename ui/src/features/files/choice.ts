import type { ProductEntitlement, ReleaseOffer } from "@/api/types";
import { compareVersions } from "@/lib/versions";
import { versionsOf } from "@/lib/releases";

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

/** The platform that a browser most likely runs on, by the name that it gives itself. */
export function platformOf(userAgent: string): string {
  if (/Windows/.test(userAgent)) return "windows-x86_64";
  if (/Mac OS|Macintosh/.test(userAgent)) return "macos-aarch64";
  return /aarch64|arm64/i.test(userAgent) ? "linux-aarch64" : "linux-x86_64";
}
