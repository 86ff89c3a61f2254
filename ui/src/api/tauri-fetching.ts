import { ask } from "./ask";
import type { FetchingAbilities } from "./native-fetching";

export const fetchingAbilities: FetchingAbilities = {
  limit: () => ask("limit"),
  setLimit: (limit) => ask("set_limit", { limit }),
  installNow: (job) => ask("install_now", { job }),
  carriedBy: (job) => ask("carried_by", { job }),
};
