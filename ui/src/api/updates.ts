import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { keys } from "./cache";
import { useHost } from "./context";
import { hasEnded, useFeed } from "./feed";
import { native } from "./queries";

/** Newer releases of what is installed, with what is new in them. */
export function useUpdates(wanted: boolean) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.updates,
    queryFn: () => native(host).updates(),
    enabled: host.native !== null && wanted,
    staleTime: 60_000,
    retry: false,
  });
}

/** What an update of everything would do. Asked anew when something was installed, or a job began or ended. */
export function useEverything() {
  const { host } = useHost();
  const { ready, installed, jobs } = useFeed();
  const here = installed.map(({ product, version, hold }) => [product, version, hold?.since]);
  const open = jobs.filter((job) => !hasEnded(job)).map(({ id }) => id);
  return useQuery({
    queryKey: keys.everything(here, open),
    queryFn: () => native(host).everything(),
    enabled: host.native !== null && ready && installed.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

/** Begins the newer releases of products that were listed. */
export function useUpdateThese() {
  const { host, feed } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ products, metered }: { products: readonly string[]; metered: boolean }) =>
      native(host).updateThese(products, metered),
    onSuccess: ({ jobs }) => {
      jobs.forEach((job) => feed.take({ kind: "job", job }));
      void client.invalidateQueries({ queryKey: keys.updates });
    },
  });
}
