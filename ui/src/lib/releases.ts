import { compareVersions } from "./versions";

/** What tells one package of a product from another one. */
interface Offered {
  readonly version: string;
  readonly platform: string;
  readonly language: string;
}

/** The releases that run on a computer; all where it is not known. */
export function offersFor<T extends Offered>(releases: readonly T[], platform: string | null): T[] {
  const fits = (offer: T) => platform === null || offer.platform === "any" || offer.platform === platform;
  return releases.filter(fits);
}

/** The versions of releases, each once, the newest first. */
export function versionsOf(offers: readonly Offered[]): string[] {
  const versions = [...new Set(offers.map(({ version }) => version))];
  return versions.toSorted((left, right) => compareVersions(right, left));
}

/** The languages of the packages of a version, each once. */
export function languagesOf(offers: readonly Offered[], version: string): string[] {
  const fitting = offers.filter((offer) => offer.version === version);
  return [...new Set(fitting.map(({ language }) => language))].toSorted();
}
