import { ask } from "./ask";
import type { UpdateAbilities } from "./native-updates";

export const updateAbilities: UpdateAbilities = {
  updates: () => ask("updates"),
  everything: () => ask("everything"),
  updateThese: (products, metered) => ask("update_these", { products, metered }),
};
