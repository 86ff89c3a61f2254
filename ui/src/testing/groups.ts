import type { ContractPerson, Group, GroupOperations, ProductVersions } from "@/api/groups";
import { inDays } from "./catalogue";

const id = (end: string) => `0192a000-0000-7000-8000-0000000000${end}`;

/** The people with the early channel. */
export const pilots: Group = {
  group: "g2",
  name: "Pilots",
  member_count: 2,
  products: [{ product: "sample-studio", channel: "beta", channel_version: "1.2.0-beta.1" }],
};

/** The people with few versions, who are held before a deadline. */
export const design: Group = {
  group: "g1",
  name: "Design",
  member_count: 12,
  products: [
    {
      product: "sample-studio",
      channel_version: "1.1.0",
      versions: ["1.0"],
      hold: { held_at: inDays(-3), ends_at: inDays(12), reason: "The trade fair of November." },
    },
    { product: "zig", channel_version: "0.15.1", versions: ["0.14.1", ">=0.15, <0.16"] },
  ],
};

const newest: Group = { group: "g3", name: "Workshop", member_count: 0, products: [] };

function person(
  end: string,
  name: string,
  groups: string[],
  ...more: ContractPerson["roles"]
): ContractPerson {
  const user_id = `${name.split(" ")[0]?.toLowerCase()}@smith.example`;
  return { account: id(end), name, user_id, roles: [...more, "user"], groups };
}

/** Everybody on the contract. */
export const people: ContractPerson[] = [
  person("a1", "Ben Ode", [design.group]),
  person("0b", "Carl Okafor", [], "software_coordinator"),
  person("a2", "Ida Lund", [design.group, pilots.group]),
  person("a3", "Martha Smith", [], "contract_manager"),
  person("a4", "Tim Ho", []),
  person("0a", "Uma Patel", [pilots.group]),
];

const versions: ProductVersions = {
  versions: [
    { version: "1.2.0-beta.1", critical: false, withdrawn: false, first_offered_at: inDays(-2) },
    { version: "1.1.0", critical: false, withdrawn: false, first_offered_at: inDays(-40) },
    { version: "1.0.5", critical: false, withdrawn: true, first_offered_at: inDays(-90) },
    { version: "1.0.0", critical: false, withdrawn: false },
  ],
  channels: [
    { channel: "beta", version: "1.2.0-beta.1" },
    { channel: "stable", version: "1.1.0" },
  ],
  groups: [{ group: design.group, name: design.name, versions: ["1.0"] }],
  people: [{ account: id("a4"), name: "Tim Ho", user_id: "tim@smith.example", versions: ["1.1.0"] }],
};

type GroupAnswers = { [P in keyof GroupOperations]: GroupOperations[P]["answer"] };

/** What the service answers about groups; a contract at its beginning has none. */
export function groupAnswers(beginning: boolean): GroupAnswers {
  return {
    listContractPeople: { items: people },
    listGroups: { groups: beginning ? [] : [design, pilots, newest] },
    addGroup: newest,
    renameGroup: design,
    removeGroup: null,
    addGroupMember: null,
    removeGroupMember: null,
    productVersions: versions,
    limitPersonVersions: versions,
    liftPersonVersions: null,
    limitGroupVersions: design,
    liftGroupVersions: null,
    setGroupChannel: design,
    liftGroupChannel: null,
    promoteGroup: design,
    holdGroup: design,
    releaseGroupHold: null,
  };
}
