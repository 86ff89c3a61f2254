import { useMutation, useQuery } from "@tanstack/react-query";
import { keys } from "./cache";
import { useHost } from "./context";
import { native } from "./queries";

/** What is wrong with this computer, the network, the service or the person's rights; looked at anew each time. */
export function useDoctor() {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.doctor,
    queryFn: () => native(host).doctor(),
    enabled: host.native !== null,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

/** Writes one file for whoever helps. */
export function useSupportBundle() {
  const { host } = useHost();
  return useMutation({ mutationFn: () => native(host).supportBundle() });
}
