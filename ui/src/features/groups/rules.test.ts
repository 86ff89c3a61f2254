import { describe, expect, it } from "vitest";
import { allows, isRule, means, namesOne } from "./rules";

const all = ["0.9.0", "1.0.0", "1.1.0", "1.1.7", "1.2.0-beta.1", "1.2.0", "2.0.0", "2.1.0"];

describe("a rule", () => {
  it.each([
    ["1.1.0", ["1.1.0"]],
    ["1.2.0-beta.1", ["1.2.0-beta.1"]],
    ["1", ["1.0.0", "1.1.0", "1.1.7", "1.2.0"]],
    ["1.1", ["1.1.0", "1.1.7"]],
    [">=1.1, <2", ["1.1.0", "1.1.7", "1.2.0"]],
    [">=1.2.0-beta.1, <2", ["1.2.0-beta.1", "1.2.0"]],
    ["^1.1", ["1.1.0", "1.1.7", "1.2.0"]],
    ["~1.1.2", ["1.1.7"]],
    [">1.1", ["1.2.0", "2.0.0", "2.1.0"]],
    [">1.1.0", ["1.1.7", "1.2.0", "2.0.0", "2.1.0"]],
    ["<=1.1", ["0.9.0", "1.0.0", "1.1.0", "1.1.7"]],
    ["<=1.1.0", ["0.9.0", "1.0.0", "1.1.0"]],
    ["=1.1", ["1.1.0", "1.1.7"]],
    ["1.1.*", ["1.1.0", "1.1.7"]],
    ["^0.9", ["0.9.0"]],
    ["*", ["0.9.0", "1.0.0", "1.1.0", "1.1.7", "1.2.0", "2.0.0", "2.1.0"]],
  ])("%s means what the service takes it to mean", (rule, meant) => {
    expect(isRule(rule)).toBe(true);
    expect(all.filter((version) => means(rule, version))).toEqual(meant);
  });

  it.each(["", "newest", "1.2.3.4", ">=1.1 <2 foo", "1.1,"])("%j is none", (rule) => {
    expect(isRule(rule)).toBe(false);
  });

  it("is told apart from one that names a single version", () => {
    expect([namesOne("1.1.0"), namesOne("1.1"), namesOne(">=1.1.0")]).toEqual([true, false, false]);
  });
});

it("without a list everything may be had, with one what any rule means", () => {
  expect(all.every((version) => allows(null, version))).toBe(true);
  expect(all.filter((version) => allows(["1.0", "2.0.0"], version))).toEqual(["1.0.0", "2.0.0"]);
});
