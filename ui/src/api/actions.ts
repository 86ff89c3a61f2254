import { useMutation, useQueryClient } from "@tanstack/react-query";
import { keys, signedIn, signedOut } from "./cache";
import { useHost } from "./context";
import type { Credentials } from "./host";
import { native } from "./queries";
import type { DownloadOptions, InstallOptions, JobView, OwnFiles, OwnSettings } from "./native.gen";

/** Signs a person in. */
export function useSignIn() {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials) => host.signIn(credentials),
    onSuccess: (me) => signedIn(client, me),
  });
}

/** Signs the person out; the page follows even when the server cannot be told. */
export function useSignOut() {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({ mutationFn: () => host.signOut(), onSettled: () => signedOut(client) });
}

/** Starts an install. */
export function useInstall(product: string) {
  const { host, feed } = useHost();
  return useMutation({
    mutationFn: (options: InstallOptions) => native(host).installProduct(product, options),
    onSuccess: (job) => feed.take({ kind: "job", job }),
  });
}

/** Starts a download into a folder, or goes on with it. */
export function useDownload(product: string) {
  const { host, feed } = useHost();
  return useMutation({
    mutationFn: (options: DownloadOptions) => native(host).downloadProduct(product, options),
    onSuccess: (job) => feed.take({ kind: "job", job }),
  });
}

/** Shows the folder of a download. */
export function useShowDownload(job: string) {
  const { host } = useHost();
  return useMutation({ mutationFn: () => native(host).showDownload(job) });
}

/** Starts an uninstall; what is the person's stays unless it is said to go. */
export function useUninstall(product: string) {
  const { host, feed } = useHost();
  return useMutation({
    mutationFn: (fates: { settings: OwnSettings; files: OwnFiles }) =>
      native(host).uninstallProduct(product, fates.settings, fates.files),
    onSuccess: (job) => feed.take({ kind: "job", job }),
  });
}

/** What can be asked of a running job. The feed tells what came of it. */
export type JobRequest = "pause" | "resume" | "hurry" | "cancel" | "cancel_and_keep" | "dismiss";

/** Pauses, resumes, cancels or forgets a job; what was fetched goes with a cancelled one unless it is kept. */
export function useJobRequest(job: string) {
  const { host, feed } = useHost();
  return useMutation({
    mutationFn: (request: JobRequest) => {
      const able = native(host);
      const acts = {
        pause: able.pauseJob,
        resume: able.resumeJob,
        hurry: able.hurryJob,
        cancel: (id) => able.cancelJob(id, "dropped"),
        cancel_and_keep: (id) => able.cancelJob(id, "kept"),
        dismiss: able.dismissJob,
      } satisfies Record<JobRequest, (job: string) => Promise<JobView | null>>;
      return acts[request](job);
    },
    onSuccess: (now) => (now ? feed.take({ kind: "job", job: now }) : feed.forget(job)),
  });
}

/** What can be asked of the whole queue. */
export type QueueRequest = "pause" | "resume" | { readonly move: string; readonly before: string | null };

/** Pauses or resumes everything, or moves one job of the queue before another one. */
export function useQueueRequest() {
  const { host, feed } = useHost();
  return useMutation({
    mutationFn: (request: QueueRequest) => {
      const able = native(host);
      if (request === "pause") return able.pauseAll();
      return request === "resume" ? able.resumeAll() : able.moveJob(request.move, request.before);
    },
    onSuccess: (jobs) => jobs.forEach((job) => feed.take({ kind: "job", job })),
  });
}

/** Makes another release that is here the current one. */
export function useRollBack(product: string) {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (to: string) => native(host).rollBack(product, to),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.updates }),
  });
}

/** Keeps a release that is here, or lets it go (B-20). */
export function usePin(product: string, version: string) {
  const { host } = useHost();
  return useMutation({
    mutationFn: (pinned: boolean) => native(host).pinRelease(product, version, pinned),
  });
}

/** Reads every file of a product and lists what differs. */
export function useExamine(product: string) {
  const { host } = useHost();
  return useMutation({ mutationFn: () => native(host).examineProduct(product) });
}

/** Mends what differs, also where much is fetched over a metered network if that was agreed to. */
export function useRepair(product: string) {
  const { host, feed } = useHost();
  return useMutation({
    mutationFn: (metered: boolean) => native(host).repairProduct(product, metered),
    onSuccess: (job) => feed.take({ kind: "job", job }),
  });
}

/** Moves a product to one of its places. */
export function useMove(product: string) {
  const { host, feed } = useHost();
  return useMutation({
    mutationFn: (place: string) => native(host).moveProduct(product, place),
    onSuccess: (job) => feed.take({ kind: "job", job }),
  });
}

/** Keeps a product at its release until a time or for ever, or lets it go again. */
export function useHold(product: string) {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (hold: { until: string | null } | null) => {
      if (hold) await native(host).holdProduct(product, hold.until);
      else await native(host).releaseHold(product);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.updates }),
  });
}

/** Proves who the person is, which renews the licence's dates. */
export function useVerifyLicence(product: string) {
  const { host, feed } = useHost();
  return useMutation({
    mutationFn: ({ password, code }: { password: string; code: string | null }) =>
      native(host).verifyLicence(product, password, code),
    onSuccess: (licence) => feed.renew(licence),
  });
}
