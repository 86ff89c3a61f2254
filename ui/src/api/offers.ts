import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRollBack } from "./actions";
import { keys } from "./cache";
import { useHost } from "./context";
import { useFeed, useInstalled } from "./feed";
import type { OfferView } from "./native.gen";
import { native } from "./queries";

/** What the vendor offers for what is installed. Asked anew when another release is current, or one came or went. */
export function useOffers() {
  const { host } = useHost();
  const { ready, installed } = useFeed();
  const here = installed.map(({ product, version, releases }) => [
    product,
    version,
    releases.map((release) => release.version),
  ]);
  return useQuery({
    queryKey: keys.offers(here),
    queryFn: () => native(host).offers(),
    enabled: host.native !== null && ready && installed.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

/** What the vendor offers for one product, once that is known of the release that is current. */
export function useOffer(product: string): OfferView | undefined {
  const installed = useInstalled(product);
  const offer = useOffers().data?.find((item) => item.product === product);
  return offer?.installed === installed?.version ? offer : undefined;
}

/** The channels of a product. */
function useChannels(product: string) {
  const { host } = useHost();
  const installed = useInstalled(product);
  return useQuery({
    queryKey: keys.channels(product, installed?.version ?? null),
    queryFn: () => native(host).channels(product),
    enabled: host.native !== null,
    staleTime: 60_000,
    retry: false,
  });
}

/** The channels of a product, and the way to choose another one. */
export function useChannelChoice(product: string) {
  const found = useChannels(product).data;
  const act = useChooseChannel(product);
  return {
    found,
    isPending: act.isPending,
    error: act.error,
    choose: (channel: string, onChosen: () => void) => act.mutate(channel, { onSuccess: onChosen }),
    /** What went wrong the last time is not shown again. */
    forget: act.reset,
  };
}

/** What helps where the vendor took back what is installed, and the way back to a release that is here. */
export function useWayOut(product: string) {
  const offer = useOffer(product);
  const back = useRollBack(product);
  return {
    way: offer?.way_out ?? null,
    takenBack: offer?.taken_back ?? [],
    isPending: back.isPending,
    error: back.error,
    goBack: (version: string) => back.mutate(version),
  };
}

/** Chooses the channel of a product. What is offered and planned is asked for anew. */
function useChooseChannel(product: string) {
  const { host } = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (channel: string) => native(host).chooseChannel(product, channel),
    onSuccess: async () => {
      const stale = [keys.updates, keys.plans(product)];
      await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
}
