import { useMutation, useQueryClient } from "@tanstack/react-query";
import { signedIn, signedOut } from "./cache";
import { useHost } from "./context";
import type { Credentials } from "./host";
import { native } from "./queries";
import type { InstallOptions, JobView } from "./native.gen";

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

/** Starts an uninstall. */
export function useUninstall(product: string) {
  const { host, feed } = useHost();
  return useMutation({
    mutationFn: () => native(host).uninstallProduct(product),
    onSuccess: (job) => feed.take({ kind: "job", job }),
  });
}

/** What can be asked of a running job. The feed tells what came of it. */
export type JobRequest = "pause" | "resume" | "cancel" | "dismiss";

/** Pauses, resumes, cancels or forgets a job. */
export function useJobRequest(job: string) {
  const { host, feed } = useHost();
  return useMutation({
    mutationFn: (request: JobRequest) => {
      const able = native(host);
      const acts = {
        pause: able.pauseJob,
        resume: able.resumeJob,
        cancel: able.cancelJob,
        dismiss: able.dismissJob,
      } satisfies Record<JobRequest, (job: string) => Promise<JobView | null>>;
      return acts[request](job);
    },
    onSuccess: (now) => (now ? feed.take({ kind: "job", job: now }) : feed.forget(job)),
  });
}

/** Starts an installed product. */
export function useLaunch(product: string) {
  const { host } = useHost();
  return useMutation({ mutationFn: () => native(host).launchProduct(product) });
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
