import type { OperationId, Operations } from "@/api/operations";
import type { Me } from "@/api/types";
import { groupAnswers } from "./groups";
import { ownAccount } from "./own-account";
import { packageFiles } from "./package-files";
import { policyAnswers } from "./policies";
import { fleetAnswers } from "./readiness";
import type { World } from "./world";

/** Answers of operations of the API. */
export type Answers = Partial<{ [P in OperationId]: Operations[P]["answer"] }>;

/** What the service of a small world answers. */
export function answersOf(
  world: World,
  me: Me,
  params: Readonly<Record<string, string | undefined>>,
): Answers {
  const empty = world.devices.length === 0;
  return {
    ...ownAccount,
    ...fleetAnswers(empty),
    ...groupAnswers(empty),
    ...policyAnswers(empty),
    me,
    listProducts: { items: [...world.products] },
    packageFiles: packageFiles(params),
    listDevices: { items: [...world.devices] },
    listContracts: { items: [...world.contracts] },
  };
}
