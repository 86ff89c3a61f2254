import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { keys } from "./cache";
import { useHost } from "./context";
import { everyPage } from "./queries";
import type { IdentityProof } from "./types";

/** One's own account: the second step, where one is signed in, the privacy statement. */

/** How the second step stands. */
export function useSecondStep() {
  const { host } = useHost();
  return useQuery({ queryKey: keys.secondStep, queryFn: () => host.call("secondStep", {}, null) });
}

/** Begins to switch the second step on: answers what the authenticator has to learn. */
export function useOfferSecondStep() {
  const { host } = useHost();
  return useMutation({ mutationFn: (proof: IdentityProof) => host.call("offerSecondStep", {}, proof) });
}

/** Switches it on: answers the recovery codes, this once. */
export function useConfirmSecondStep() {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => host.call("confirmSecondStep", {}, { code }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.secondStep }),
  });
}

/** Switches it off. */
export function useRemoveSecondStep() {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (proof: IdentityProof) => host.call("removeSecondStep", {}, proof),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.secondStep }),
  });
}

/** New recovery codes in place of the old ones. */
export function useRenewRecoveryCodes() {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (proof: IdentityProof) => host.call("renewRecoveryCodes", {}, proof),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.secondStep }),
  });
}

/** Where the person is signed in. */
export function useOpenSessions() {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.sessions,
    queryFn: () => everyPage((params) => host.call("listSessions", params, null)),
  });
}

/** Ends one of these sessions. */
export function useEndSession() {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (session: string) => host.call("endSession", { session }, null),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.sessions }),
  });
}

/** The privacy statement, and whether the person accepted it. */
export function usePrivacy() {
  const { host } = useHost();
  return useQuery({ queryKey: keys.privacy, queryFn: () => host.call("privacy", {}, null) });
}

/** Accepts a version of the privacy statement. */
export function useAcceptPrivacy() {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (version: string) => host.call("acceptPrivacy", {}, { version }),
    onSuccess: (standing) => client.setQueryData(keys.privacy, standing),
  });
}

/** Whether the organisation collects facts of computers, and what one's own ones told. */
export function useOwnFacts() {
  const { host } = useHost();
  return useQuery({ queryKey: keys.ownFacts, queryFn: () => host.call("ownFacts", {}, null) });
}
