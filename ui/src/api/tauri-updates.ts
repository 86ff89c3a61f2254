import { ask } from "./ask";
import type { UpdateAbilities } from "./native-updates";

export const updateAbilities: UpdateAbilities = {
  updates: () => ask("updates"),
  everything: () => ask("everything"),
  updateThese: (products, metered) => ask("update_these", { products, metered }),
  offers: () => ask("offers"),
  channels: (product) => ask("channels", { product }),
  chooseChannel: (product, channel) => ask("choose_channel", { product, channel }),
};
