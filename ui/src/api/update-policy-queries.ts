import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { keys } from "./cache";
import { useHost } from "./context";
import type { UpdatePolicyRule } from "./update-policies";

/** The update policies of a contract, by name. */
export function usePolicies(contract: string) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.policies(contract, "all"),
    queryFn: async () => (await host.call("listUpdatePolicies", { contract }, null)).policies,
  });
}

/** Who would get what and when by a rule; null asks nothing. The former answer stays in view until the next one. */
export function usePolicyPreview(contract: string, policy: string | null, rule: UpdatePolicyRule | null) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.policies(contract, "preview", policy, rule),
    queryFn: () => {
      if (!rule) throw new Error("there is no rule to judge");
      // Nobody knows where the computers are: most likely where whoever asks is.
      const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
      return host.call("previewUpdatePolicy", { contract }, { ...(policy ? { policy } : {}), rule, zone });
    },
    enabled: rule !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

/** Adds a policy, or changes the one that is named. */
export function useSavePolicy(contract: string, policy: string | null) {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rule: UpdatePolicyRule) =>
      policy
        ? host.call("changeUpdatePolicy", { contract, policy }, rule)
        : host.call("addUpdatePolicy", { contract }, rule),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.policies(contract) }),
  });
}

/** What can be done to a policy as it stands. */
export type PolicyAct = "halt" | "resume" | "remove";

const operations = {
  halt: "haltUpdatePolicy",
  resume: "resumeUpdatePolicy",
  remove: "removeUpdatePolicy",
} as const satisfies Record<PolicyAct, string>;

/** Halts a policy, lets it go on, or removes it. */
export function useSteerPolicy(contract: string, policy: string) {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (act: PolicyAct) => {
      await host.call(operations[act], { contract, policy }, null);
    },
    // Also where it was refused: somebody else may have been faster.
    onSettled: () => client.invalidateQueries({ queryKey: keys.policies(contract) }),
  });
}
