import type { BegunView, ChannelsView, EverythingView, OfferView, UpdateView } from "./native.gen";

/** Newer releases of what is installed. */
export interface UpdateAbilities {
  updates(): Promise<UpdateView[]>;
  /** What an update of everything would do as things are, and what it would leave as it is. */
  everything(): Promise<EverythingView>;
  /** Installs the newer releases of these products, as they were listed; where `metered`, also over a dear network. */
  updateThese(products: readonly string[], metered: boolean): Promise<BegunView>;
  /** What the vendor offers for each installed product, and says of the releases that are here. */
  offers(): Promise<OfferView[]>;
  /** The channel from which a product comes here, and those that there are. */
  channels(product: string): Promise<ChannelsView>;
  chooseChannel(product: string, channel: string): Promise<ChannelsView>;
}
