import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { keys } from "./cache";
import { useHost } from "./context";
import type { ContractPerson, NewGroupHold } from "./groups";
import type { Host } from "./host";
import { everyPage } from "./queries";

/** The groups of a contract, with what is said to them. */
export function useGroups(contract: string) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.groups(contract, "list"),
    queryFn: async () => (await host.call("listGroups", { contract }, null)).groups,
  });
}

/** Everybody on a contract, with the groups that they are in. */
export function useContractPeople(contract: string) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.groups(contract, "people"),
    queryFn: () => everyPage((params) => host.call("listContractPeople", { contract, ...params }, null)),
  });
}

/** The versions and channels of a product, and every list that limits somebody to some of them. */
export function useProductVersions(contract: string, product: string) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.groups(contract, "versions", product),
    queryFn: () => host.call("productVersions", { contract, product }, null),
  });
}

/** What was said to groups is asked anew, and one's own products, too; not the people, for they may be very many. */
async function askAnew(client: QueryClient, contract: string): Promise<void> {
  void client.invalidateQueries({ queryKey: keys.products });
  await Promise.all(
    ["list", "versions"].map((what) => client.invalidateQueries({ queryKey: keys.groups(contract, what) })),
  );
}

/** Everything that changes a group. */
function useGroupChange<A, T>(contract: string, act: (host: Host, asked: A) => Promise<T>) {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: A) => act(host, asked),
    onSuccess: () => askAnew(client, contract),
  });
}

/** Makes a group, or gives one another name. */
export function useNameGroup(contract: string) {
  return useGroupChange(contract, (host, { group, name }: { group: string | null; name: string }) =>
    group === null
      ? host.call("addGroup", { contract }, { name })
      : host.call("renameGroup", { contract, group }, { name }),
  );
}

/** Removes a group. */
export function useRemoveGroup(contract: string) {
  return useGroupChange(contract, (host, group: string) =>
    host.call("removeGroup", { contract, group }, null),
  );
}

/** Puts a person into a group, or takes them out. */
export function useMembership(contract: string, group: string) {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ account, member }: Membership) =>
      host.call(member ? "addGroupMember" : "removeGroupMember", { contract, group, account }, null),
    onSuccess: (_, { account, member }) => {
      const changed = (person: ContractPerson): ContractPerson => {
        if (person.account !== account) return person;
        const others = person.groups.filter((one) => one !== group);
        return { ...person, groups: member ? [...others, group] : others };
      };
      client.setQueryData<ContractPerson[]>(keys.groups(contract, "people"), (all) => all?.map(changed));
      return askAnew(client, contract);
    },
    // Somebody else may have been faster.
    onError: () => client.invalidateQueries({ queryKey: keys.groups(contract, "people") }),
  });
}

/** Whether a person is to be in a group. */
interface Membership {
  readonly account: string;
  readonly member: boolean;
}

/** Whom a list of versions is for. */
export type Limited = { readonly group: string } | { readonly account: string };

/** Rules of a list; null where everything may be had. */
export interface VersionsAsked {
  readonly whom: Limited;
  readonly versions: string[] | null;
}

/** Limits a group or a person to some versions of a product, or lifts the limit. */
export function useLimitVersions(contract: string, product: string) {
  return useGroupChange(contract, async (host, { whom, versions }: VersionsAsked) => {
    const of = { contract, product };
    if ("group" in whom) {
      if (versions) await host.call("limitGroupVersions", { ...of, ...whom }, { versions });
      else await host.call("liftGroupVersions", { ...of, ...whom }, null);
    } else if (versions) await host.call("limitPersonVersions", { ...of, ...whom }, { versions });
    else await host.call("liftPersonVersions", { ...of, ...whom }, null);
  });
}

/** Puts a group on a channel of a product; null takes it off. */
export function useSetChannel(contract: string, group: string, product: string) {
  const of = { contract, group, product };
  return useGroupChange(contract, async (host, channel: string | null) => {
    if (channel === null) await host.call("liftGroupChannel", of, null);
    else await host.call("setGroupChannel", of, { channel });
  });
}

/** Gives a group what another one runs. */
export function usePromote(contract: string, group: string, product: string) {
  return useGroupChange(contract, (host, from: string) =>
    host.call("promoteGroup", { contract, group, product }, { from }),
  );
}

/** Holds a product for a group; null releases it. */
export function useHoldGroup(contract: string, group: string, product: string) {
  const of = { contract, group, product };
  return useGroupChange(contract, async (host, hold: NewGroupHold | null) => {
    if (hold === null) await host.call("releaseGroupHold", of, null);
    else await host.call("holdGroup", of, hold);
  });
}
