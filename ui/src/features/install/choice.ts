import type { InstallOptions } from "@/api/native.gen";
import type { ProductEntitlement, ReleaseOffer } from "@/api/types";
import { compareVersions } from "@/lib/versions";

/** What the person chose; null where the client decides. */
export type Choice = Pick<InstallOptions, "version" | "language" | "components">;

/** Everything as recommended. */
export const nothingChosen: Choice = { version: null, language: null, components: null };

/** The releases that run on this computer. */
export function offersFor(entitlement: ProductEntitlement | null, platform: string | null): ReleaseOffer[] {
  const fits = (offer: ReleaseOffer) =>
    platform === null || offer.platform === "any" || offer.platform === platform;
  return (entitlement?.releases ?? []).filter(fits);
}

/** The versions of releases, each once, the newest first. */
export function versionsOf(offers: readonly ReleaseOffer[]): string[] {
  const versions = [...new Set(offers.map(({ version }) => version))];
  return versions.toSorted((left, right) => compareVersions(right, left));
}

/** The languages of the packages of a version, each once: what is known before the plan is there. */
export function languagesOf(offers: readonly ReleaseOffer[], version: string): string[] {
  const fitting = offers.filter((offer) => offer.version === version);
  return [...new Set(fitting.map(({ language }) => language))].toSorted();
}
