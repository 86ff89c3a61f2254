import type { PolicyOperations, PolicyPreview, UpdatePolicy } from "@/api/update-policies";
import { inDays } from "./catalogue";
import { user } from "./people";

const day = (days: number) => inDays(days).slice(0, 10);

/** The policies of the fake world. */
export const updatePolicies: readonly UpdatePolicy[] = [
  {
    policy: "p1",
    halted: false,
    changed_at: inDays(-12),
    rule: {
      name: "Office computers",
      products: [],
      groups: ["g1"],
      people: [],
      rings: [
        { group: "g2", delay_days: 0 },
        { group: "g3", delay_days: 7 },
      ],
      freezes: [{ from: day(20), to: day(34) }],
      schedule: { cadence: "monthly", day: "thursday", time: "20:00:00" },
    },
  },
  {
    policy: "p2",
    halted: true,
    changed_at: inDays(-1),
    rule: {
      name: "Render farm",
      products: ["sample-studio"],
      groups: ["g3"],
      schedule: { cadence: "weekly", day: "sunday", time: "03:30:00", minimum_age_days: 10 },
      target: "1.0.0",
    },
  },
  {
    policy: "p3",
    halted: false,
    changed_at: inDays(-40),
    rule: { name: "Trade fair", people: [user.account], products: ["zig"] },
  },
  {
    policy: "p4",
    halted: false,
    changed_at: inDays(-3),
    rule: {
      name: "Workshop",
      groups: ["g3"],
      schedule: { cadence: "quarterly", day: "friday", time: "18:00:00" },
      freezes: [{ from: day(-2), to: day(9) }],
    },
  },
];

const studio = "sample-studio";
/** So far away that it is always to come. */
const thursday = "2094-11-25T20:00:00";
const due = {
  version: "1.1.0",
  decision: { state: "due", at: thursday },
  policy_name: "This policy",
} as const;
const held = {
  version: "1.1.0",
  decision: {
    state: "never",
    why: { word: "hold", group_name: "Workshop", reason: "The new plotter driver is being tried." },
  },
  policy_name: null,
} as const;
const waiting = {
  version: "0.16.0",
  decision: {
    state: "not_before",
    at: "2094-12-06T09:00:00",
    due: "2095-01-06T20:00:00",
    why: { word: "minimum_age" },
  },
  policy_name: "This policy",
} as const;

/** What the service foresees. */
export const foreseen: PolicyPreview = {
  computer_count: 54,
  counts: [
    { product: studio, computer_count: 31, fate: due },
    { product: "zig", computer_count: 7, fate: waiting },
    { product: studio, computer_count: 12, fate: held },
    { product: "zig", computer_count: 4 },
  ],
  computers: [
    {
      device: "d2",
      name: "uma-laptop",
      user_id: user.user_id,
      product: studio,
      installed: "1.0.0",
      fate: due,
    },
    {
      device: "d3",
      name: "render-01.office.smith.example",
      user_id: "yusuf@smith.example",
      product: studio,
      installed: "1.0.0",
      fate: held,
    },
    { device: "d2", name: "uma-laptop", user_id: user.user_id, product: "zig", installed: "0.16.0" },
  ],
};

type Answered = { [P in keyof PolicyOperations]: PolicyOperations[P]["answer"] };

/** What the fake world answers about update policies; with `empty`, before anybody said anything. */
export function policyAnswers(empty: boolean): Answered {
  const one = updatePolicies[0] as UpdatePolicy;
  return {
    listUpdatePolicies: { policies: empty ? [] : [...updatePolicies] },
    addUpdatePolicy: one,
    changeUpdatePolicy: one,
    removeUpdatePolicy: null,
    haltUpdatePolicy: { ...one, halted: true },
    resumeUpdatePolicy: one,
    previewUpdatePolicy: foreseen,
  };
}
