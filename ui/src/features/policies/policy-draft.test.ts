import { describe, expect, it } from "vitest";
import { texts } from "@/lib/i18n";
import { foreseen, updatePolicies } from "@/testing/policies";
import { dueText, reasonOf, sumsOf } from "./fates";
import {
  atCadence,
  draftOf,
  faultsOf,
  newDraft,
  ruleOf,
  saysTheSame,
  type PolicyDraft,
} from "./policy-draft";
import { sentenceOf, standingOf, whomOf } from "./policy-text";

const sound: PolicyDraft = { ...newDraft, name: "Office", groups: ["g1"] };
const faults = (part: Partial<PolicyDraft>, taken: string[] = []) =>
  faultsOf({ ...sound, ...part }, taken).map(({ at, text }) => `${at} ${text}`);

describe("a draft", () => {
  it.each(updatePolicies.map((policy) => [policy.rule.name, policy.rule] as const))(
    "says what the policy %s said, when nothing was changed",
    (_, rule) => {
      const nothing = { products: [], groups: [], people: [], rings: [], freezes: [] };
      expect(ruleOf(draftOf(rule))).toEqual({ ...nothing, ...rule });
    },
  );

  it("begins monthly, on Thursday at 20:00, with 15 days", () => {
    expect(ruleOf(sound).schedule).toEqual({ cadence: "monthly", day: "thursday", time: "20:00:00" });
    expect(newDraft.age).toBe(15);
  });

  it("takes the age of another cadence along, unless somebody chose one", () => {
    expect(atCadence(newDraft, "quarterly")).toEqual({ cadence: "quarterly", age: 45 });
    expect(atCadence({ ...newDraft, age: 20 }, "weekly")).toEqual({ cadence: "weekly" });
  });

  it("puts rings into the order in which they come", () => {
    const rings = [
      { group: "g3", delay: 14 },
      { group: "g2", delay: 0 },
    ];
    expect(ruleOf({ ...sound, rings }).rings?.map(({ group }) => group)).toEqual(["g2", "g3"]);
  });
});

it("what is ticked in another order says the same", () => {
  const start = { ...sound, products: ["studio", "zig"], groups: ["g1", "g2"] };
  expect(saysTheSame({ ...start, products: ["zig", "studio"], groups: ["g2", "g1"] }, start)).toBe(true);
  expect(saysTheSame({ ...start, groups: ["g2"] }, start)).toBe(false);
});

describe("what keeps a draft from being saved", () => {
  it("is nothing where all is well", () => expect(faults({})).toEqual([]));

  it.each<[string, Partial<PolicyDraft>]>([
    ["name nameMissing", { name: " " }],
    ["name nameLong", { name: "ü".repeat(51) }],
    ["time timeMissing", { time: "" }],
    ["age ageBad", { age: 366 }],
    ["age ageBad", { age: "" }],
    ["target targetProducts", { target: "1.0.0" }],
    ["target targetVersion", { target: "1.0", products: ["zig"] }],
    ["whom whomMissing", { groups: [] }],
    ["ring-0 ringGroup", { rings: [{ group: "", delay: 0 }] }],
    ["ring-0 ringDelay", { rings: [{ group: "g2", delay: 400 }] }],
    [
      "ring-1 ringTwice",
      {
        rings: [
          { group: "g2", delay: 0 },
          { group: "g2", delay: 7 },
        ],
      },
    ],
    ["freeze-0 freezeDays", { freezes: [{ from: "2026-12-18", to: "" }] }],
    ["freeze-0 freezeOrder", { freezes: [{ from: "2026-12-18", to: "2026-12-17" }] }],
  ])("is %s", (expected, part) => expect(faults(part)).toEqual([expected]));

  it("is a name that another policy has, also in other letters", () => {
    expect(faults({}, ["OFFICE"])).toEqual(["name nameTaken"]);
  });

  it("is no time or age where updates are disabled", () => {
    expect(faults({ disabled: true, time: "", age: "" })).toEqual([]);
  });
});

const rule = (at: number) => updatePolicies[at]?.rule ?? ruleOf(newDraft);

describe("a policy in words", () => {
  it.each([
    [0, "First Thursday of the month at 20:00, releases at least 15 days old; critical ones faster."],
    [1, "Every Sunday at 03:30, releases at least 10 days old; critical ones faster."],
    [2, "Nothing is installed: updates are disabled."],
  ])("tells what number %i does", (at, told) => expect(sentenceOf(rule(at), texts.t)).toBe(told));

  it("names groups, rings in their order, and counts people", () => {
    const groups = [{ group: "g2", name: "Pilots", member_count: 4, products: [] }];
    const rings = [
      { group: "gone", delay_days: 7 },
      { group: "g2", delay_days: 0 },
    ];
    expect(whomOf({ name: "", rings, people: ["a", "b"] }, groups, texts.t)).toEqual([
      "Pilots first",
      "a group that is gone 7 days later",
      "2 people",
    ]);
  });

  it("is frozen on both ends of a freeze and not after it, and halted before all", () => {
    const schedule = { cadence: "weekly", day: "monday", time: "08:00:00" } as const;
    const freezes = [{ from: "2026-12-18", to: "2027-01-03" }];
    const policy = { policy: "p", halted: false, changed_at: "", rule: { name: "", schedule, freezes } };
    const frozen = { state: "frozen", until: "2027-01-03" };
    expect(standingOf(policy, "2026-12-17")).toEqual({ state: "on" });
    expect(standingOf(policy, "2026-12-18")).toEqual(frozen);
    expect(standingOf(policy, "2027-01-03")).toEqual(frozen);
    expect(standingOf(policy, "2027-01-04")).toEqual({ state: "on" });
    expect(standingOf({ ...policy, halted: true }, "2026-12-18")).toEqual({ state: "halted" });
  });
});

describe("what is foreseen", () => {
  it("is counted by when it comes", () => {
    expect(sumsOf(foreseen)).toEqual({
      first: "2094-11-25T20:00:00",
      firstCount: 31,
      later: 7,
      held: 12,
      free: 0,
      current: 4,
    });
  });

  it("tells a time of the wall, and what was missed is made up for at once", () => {
    const due = "2026-11-26T20:00:00";
    expect(dueText(due, Date.parse("2026-11-26T21:00:00Z"), texts.t)).toBe("Thursday 26 November, 20:00");
    expect(dueText(due, Date.parse("2026-11-28T00:00:00Z"), texts.t)).toBe("at once");
  });

  it("says why something waits", () => {
    expect(foreseen.counts.map(({ fate }) => reasonOf(fate, texts.t))).toEqual([
      null,
      "Not before Monday 6 December, 09:00: the release is too young.",
      "The group Workshop is held without an end. The new plotter driver is being tried.",
      null,
    ]);
  });
});
