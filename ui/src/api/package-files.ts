import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { keys } from "./cache";
import { useHost } from "./context";
import type { PackageChoice } from "./operations";

/** Long before the addresses end, which is after a day, a page that stays open gets new ones. */
const renewEveryMs = 6 * 3_600_000;

/** Every file of a release with its address; the former answer stays in view while another release is asked for. */
export function usePackageFiles(choice: PackageChoice) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.packageFiles(choice),
    queryFn: () => host.call("packageFiles", choice, null),
    placeholderData: keepPreviousData,
    staleTime: 10 * 60_000,
    refetchInterval: renewEveryMs,
  });
}
