import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { keys } from "./cache";
import { useHost } from "./context";
import type { LimitChoice } from "./native.gen";
import { native } from "./queries";

/** How fast may be fetched; what holds now changes with the hour. */
export function useLimit() {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.limit,
    queryFn: () => native(host).limit(),
    enabled: host.native !== null,
    staleTime: 0,
    refetchInterval: 30_000,
    retry: false,
  });
}

/** Says how fast may be fetched. */
export function useSetLimit() {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (limit: LimitChoice) => native(host).setLimit(limit),
    onSuccess: (limit) => client.setQueryData(keys.limit, limit),
  });
}

/** Whether computers of this network give each other what they have; a program that gives may begin or end any time. */
export function usePeers() {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.peers,
    queryFn: () => native(host).peers(),
    enabled: host.native !== null,
    staleTime: 0,
    refetchInterval: 5_000,
    retry: false,
  });
}

/** Says whether they do. */
export function useSetPeers() {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (on: boolean) => native(host).setPeers(on),
    onSuccess: (peers) => client.setQueryData(keys.peers, peers),
  });
}

/** What a computer without a network has to be told of a download. */
export function useCarriedBy(job: string) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.carriedBy(job),
    queryFn: () => native(host).carriedBy(job),
    enabled: host.native !== null,
    retry: false,
  });
}
