import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { keys } from "./cache";
import { useHost } from "./context";
import type { Host } from "./host";
import { everyPage } from "./queries";
import type {
  MachineFilter,
  NewReadinessCheck,
  NewReadinessException,
  ReadinessSignOff,
  ReportsImported,
} from "./readiness";

/** The organisation's checks. */
export function useChecks() {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.checks,
    queryFn: () => everyPage((params) => host.call("listReadinessChecks", params, null)),
  });
}

/** One check. */
export function useCheckOf(check: string) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.fleet(check, "check"),
    queryFn: () => host.call("readinessCheck", { check }, null),
  });
}

/** How the computers of a check fare together. Reports may come at any moment, so it is asked again now and then. */
export function useBoard(check: string, open: boolean) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.fleet(check, "board"),
    queryFn: () => host.call("readinessBoard", { check }, null),
    refetchInterval: open ? 15_000 : false,
  });
}

/** The computers that reported, page by page. */
export function useMachines(check: string, filter: MachineFilter) {
  const { host } = useHost();
  return useInfiniteQuery({
    queryKey: keys.fleet(check, "machines", filter),
    queryFn: ({ pageParam }) =>
      host.call(
        "listCheckedMachines",
        { check, ...filter, limit: "50", ...(pageParam ? { cursor: pageParam } : {}) },
        null,
      ),
    initialPageParam: "",
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
}

/** One computer that reported. */
export function useMachine(check: string, machine: string | null) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.fleet(check, "machine", machine),
    queryFn: () => host.call("checkedMachine", { check, machine: machine ?? "" }, null),
    enabled: machine !== null,
  });
}

/** The awaited computers that have not reported, page by page. */
export function useSilent(check: string) {
  const { host } = useHost();
  return useInfiniteQuery({
    queryKey: keys.fleet(check, "silent"),
    queryFn: ({ pageParam }) =>
      host.call("listSilentMachines", { check, ...(pageParam ? { cursor: pageParam } : {}) }, null),
    initialPageParam: "",
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
}

/** The names of the awaited computers. */
export function useExpected(check: string) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.fleet(check, "expected"),
    queryFn: () => host.call("expectedMachines", { check }, null),
  });
}

/** What an admin takes to the computers. */
export function usePack(check: string) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.fleet(check, "pack"),
    queryFn: () => host.call("readinessPack", { check }, null),
  });
}

/** What is lacking, and was accepted. */
export function useExceptions(check: string) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.fleet(check, "exceptions"),
    queryFn: async () => (await host.call("readinessExceptions", { check }, null)).exceptions,
  });
}

/** The sign-offs of a check. */
export function useSignOffs(check: string) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.fleet(check, "sign-offs"),
    queryFn: async () => (await host.call("readinessSignOffs", { check }, null)).sign_offs,
  });
}

/** Whether the organisation collects the facts of computers that use the client. */
export function useFactsSetting(wanted = true) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.factsSetting,
    queryFn: () => host.call("factsSetting", {}, null),
    enabled: wanted,
  });
}

/** The facts that the organisation's devices told. */
export function useDeviceFacts(wanted: boolean) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.deviceFacts,
    queryFn: () => everyPage((params) => host.call("listDeviceFacts", params, null)),
    enabled: wanted,
  });
}

/** What devices told, for those who administer a contract; `on` says whether the organisation collects it. */
export function useFactsOfDevices(admin: boolean) {
  const setting = useFactsSetting(admin);
  const on = admin && (setting.data?.collected ?? false);
  const facts = useDeviceFacts(on);
  return { on, setting, facts };
}

/** Creates a check. */
export function useCreateCheck() {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: NewReadinessCheck) => host.call("createReadinessCheck", {}, asked),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.checks }),
  });
}

/** Closes or removes a check. */
export function useEndCheck(check: string) {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (how: "close" | "remove") => {
      if (how === "close") await host.call("closeReadinessCheck", { check }, null);
      else await host.call("removeReadinessCheck", { check }, null);
      return how;
    },
    onSuccess: (how) => {
      if (how === "remove") client.removeQueries({ queryKey: keys.fleet(check) });
      else void client.invalidateQueries({ queryKey: keys.fleet(check) });
      return client.invalidateQueries({ queryKey: keys.checks });
    },
  });
}

/** Everything that changes a check's board makes all of it be asked anew. */
function useFleetChange<A, T>(check: string, act: (host: Host, asked: A) => Promise<T>) {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: A) => act(host, asked),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.fleet(check) }),
  });
}

/** Replaces the list of awaited computers. */
export function useExpect(check: string) {
  return useFleetChange(check, (host, names: string[]) => host.call("expectMachines", { check }, { names }));
}

/** Accepts what is lacking. */
export function useAccept(check: string) {
  return useFleetChange(check, (host, asked: NewReadinessException) =>
    host.call("acceptFinding", { check }, asked),
  );
}

/** Takes an exception back. */
export function useWithdraw(check: string) {
  return useFleetChange(check, (host, exception: string) =>
    host.call("withdrawException", { check, exception }, null),
  );
}

/** Signs how the check stands now. */
export function useSignOff(check: string) {
  return useFleetChange<void, ReadinessSignOff>(check, (host) =>
    host.call("signOffReadiness", { check }, null),
  );
}

/** Takes reports as files. */
export function useImport(check: string) {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ groups, onDone }: ImportAsked) => {
      const sum: ReportsImported = { taken_count: 0, known_count: 0, refused_count: 0, results: [] };
      for (const group of groups) {
        const files = await group();
        const part = await host.call("importReadinessReports", { check }, { files });
        sum.taken_count += part.taken_count;
        sum.known_count += part.known_count;
        sum.refused_count += part.refused_count;
        sum.results.push(...part.results);
        onDone(files.length);
      }
      return sum;
    },
    // Also where it broke off: what was sent before is there.
    onSettled: () => client.invalidateQueries({ queryKey: keys.fleet(check) }),
  });
}

/** Reports to import: groups of files, each read only when it is sent, one call after the other. */
export interface ImportAsked {
  readonly groups: readonly (() => Promise<{ name: string; content: string }[]>)[];
  /** Told after each call how many files it had. */
  readonly onDone: (files: number) => void;
}

/** Decides whether facts are collected. */
export function useDecideFacts() {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (collected: boolean) => host.call("setFactsSetting", {}, { collected }),
    onSuccess: (setting) => {
      client.setQueryData(keys.factsSetting, setting);
      return client.invalidateQueries({ queryKey: keys.deviceFacts });
    },
  });
}
