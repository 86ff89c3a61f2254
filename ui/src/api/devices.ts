import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { keys } from "./cache";
import { useHost } from "./context";
import { everyPage } from "./queries";

/** What happened to the licences of a device, the newest first. */
export function useTimeline(device: string) {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.timeline(device),
    queryFn: async () => (await host.call("deviceTimeline", { device }, null)).items,
  });
}

/** Releases a product from a device, or signs whoever is signed in there out. */
export function useDeviceAct(device: string) {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: { readonly release: string } | "sign_out") =>
      act === "sign_out"
        ? host.call("signOutDevice", { device }, null)
        : host.call("releaseProduct", { device, product: act.release }, null),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.devices }),
        client.invalidateQueries({ queryKey: keys.timeline(device) }),
      ]),
  });
}

/** The person's computers, or all of the organisation for admins. */
export function useDevices() {
  const { host } = useHost();
  return useQuery({
    queryKey: keys.devices,
    queryFn: () => everyPage((params) => host.call("listDevices", params, null)),
  });
}
