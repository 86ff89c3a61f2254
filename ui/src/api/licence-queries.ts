import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { keys, signedIn } from "./cache";
import { useHost } from "./context";
import type { RequestView } from "./native.gen";
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

/** Accepts the privacy statement. */
export function useAcceptPrivacy() {
  const { host } = useHost();
  return useMutation({ mutationFn: (version: string) => native(host).acceptPrivacy(version) });
}

/** Says to be whom the licence is for. */
export function useConfirmIdentity(product: string) {
  const { host } = useHost();
  return useMutation({ mutationFn: () => native(host).confirmIdentity(product) });
}

/** Releases a product from another computer. */
export function useFreeDevice(product: string) {
  const { host, feed } = useHost();
  return useMutation({
    mutationFn: (device: string) => native(host).freeDevice(product, device),
    onSuccess: (licence) => feed.renew(licence),
  });
}

/** What a person proves who they are with. */
export interface Proof {
  /** Whether a session is open: then the password alone is asked for. */
  readonly session: boolean;
  readonly userId: string;
  readonly password: string;
  readonly code: string | null;
}

/** Proves who the person is: in the open session, or by signing in. */
export function useProve(product: string) {
  const { host, feed } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ session, userId, password, code }: Proof) => {
      if (session) feed.renew(await native(host).verifyLicence(product, password, code));
      else signedIn(client, await host.signIn({ server: null, userId, password, code }));
    },
  });
}

/** How the serial number of a product stands. */
export function useSerial(product: string) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.serial(product),
    queryFn: () => native(host).serial(product),
    enabled: host.native !== null,
    staleTime: 0,
    retry: false,
  });
}

/** Enters a serial number; null takes the last entry back. */
export function useChangeSerial(product: string) {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (serial: string | null) =>
      serial === null ? native(host).undoSerial(product) : native(host).setSerial(product, serial),
    onSuccess: (standing) => client.setQueryData(keys.serial(product), standing),
  });
}

/** This computer's name, as the account service knows it. */
export function useComputer() {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.computer,
    queryFn: () => native(host).computer(),
    enabled: host.native !== null,
    staleTime: Infinity,
    retry: false,
  });
}

/** What happened to a licence on this computer, the newest first. */
export function useLicenceTimeline(product: string) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.licenceTimeline(product),
    queryFn: () => native(host).licenceTimeline(product),
    enabled: host.native !== null,
    staleTime: 0,
    retry: false,
  });
}

/** Makes a request to be carried to the account service. */
export function useRequestOffline(product: string) {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: RequestView["act"]) => native(host).requestOffline(product, act),
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.licenceTimeline(product) }),
  });
}

/** Takes in the answer that was carried here. */
export function useImportAnswer() {
  const { host, feed } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => native(host).importAnswer(text),
    onSuccess: (licence) => {
      feed.renew(licence);
      void client.invalidateQueries({ queryKey: keys.licenceTimeline(licence.product) });
    },
  });
}

/** Takes a product offline until a time; null brings it back early. */
export function useTakeOffline(product: string) {
  const { host, feed } = useHost();
  return useMutation({
    mutationFn: (until: string | null) => native(host).takeOffline(product, until),
    onSuccess: (licence) => feed.renew(licence),
  });
}
