import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { keys } from "./cache";
import { useHost } from "./context";
import type { Host } from "./host";
import type { Native } from "./native";
import { toFailure } from "./normalise";
import type { InstallOptions } from "./native.gen";
import type { Page } from "./types";

/** More pages than this are never asked for. */
const mostPages = 100;

/** All pages of a list, as one. */
export async function everyPage<T>(page: (params: { cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  try {
    for (let count = 0; count < mostPages; count += 1) {
      const answer = await page(cursor ? { cursor } : {});
      items.push(...answer.items);
      cursor = answer.next_cursor;
      if (!cursor) break;
    }
  } catch (cause) {
    throw toFailure(cause); // also when the answer is not what the API promises
  }
  return items;
}

/** The program around the pages; only in the window. */
export function useApp() {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.app,
    queryFn: () => native(host).app(),
    enabled: host.native !== null,
    staleTime: Infinity,
  });
}

/** What the person may have. */
export function useProducts() {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.products,
    queryFn: () => everyPage((params) => host.call("listProducts", params, null)),
  });
}

/** The contracts that the person administers. */
export function useContracts() {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.contracts,
    queryFn: () => everyPage((params) => host.call("listContracts", params, null)),
  });
}

/** The folders that a product could be moved to. */
export function usePlaces(product: string, wanted: boolean) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.places(product),
    queryFn: () => native(host).places(product),
    enabled: host.native !== null && wanted,
    staleTime: 0,
    retry: false,
  });
}

/** What goes and what stays when a product is removed. */
export function useRemoval(product: string, wanted: boolean) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.removal(product),
    queryFn: () => native(host).removal(product),
    enabled: host.native !== null && wanted,
    staleTime: 0,
    retry: false,
  });
}

/** Whether this computer meets a product's requirements. */
export function useCheck(product: string, version: string | null, wanted: boolean) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.check(product, version),
    queryFn: () => native(host).checkProduct(product, version),
    enabled: host.native !== null && wanted,
    staleTime: 5 * 60_000,
    retry: false,
  });
}

/** The read-me of a release. */
export function useReadMe(product: string, version: string | null, language: string | null, wanted: boolean) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.readMe(product, version, language),
    queryFn: () => native(host).readMe(product, version, language),
    enabled: host.native !== null && wanted,
    staleTime: 5 * 60_000,
    retry: false,
  });
}

/** Options of somebody who has not said anything yet. */
export const nothingSaid: InstallOptions = {
  version: null,
  beside: false,
  language: null,
  components: null,
  from: null,
  adopt: null,
  folder: null,
  desktop_shortcut: null,
  accept_texts: false,
  despite_warnings: false,
  allow_scripts: false,
  metered: false,
  not_before: null,
};

/** What installing would do, without doing it. The former plan stays in view while a new one is made. */
export function usePlan(product: string, choice: Partial<InstallOptions>) {
  const { host } = useHost();
  const options: InstallOptions = { ...nothingSaid, ...choice };
  return useQuery({
    queryKey: keys.plan(product, choice),
    queryFn: () => native(host).planInstall(product, options),
    enabled: host.native !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

/** A product's licence as it stands now; asked again whenever its dates move. */
export function useLicence(product: string, verifyBy: string | null) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.licence(product, verifyBy),
    queryFn: () => native(host).licence(product),
    enabled: host.native !== null,
    staleTime: 0,
    retry: false,
  });
}

/** The native abilities, where the caller knows that they exist. */
export function native(host: Host): Native {
  if (!host.native) throw new Error("a browser has no native abilities");
  return host.native;
}
