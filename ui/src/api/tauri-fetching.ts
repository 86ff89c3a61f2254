import { ask } from "./ask";
import type { FetchingAbilities } from "./native-fetching";

export const fetchingAbilities: FetchingAbilities = {
  limit: () => ask("limit"),
  setLimit: (limit) => ask("set_limit", { limit }),
  peers: () => ask("peers"),
  setPeers: (on) => ask("set_peers", { on }),
  hurryJob: (job) => ask("hurry_job", { job }),
  carriedBy: (job) => ask("carried_by", { job }),
};
