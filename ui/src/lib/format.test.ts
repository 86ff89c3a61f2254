import { expect, it } from "vitest";
import { bytes, daysLeft, language, percent, platform, rate, relative, remaining, urgency } from "./format";
import { compareVersions } from "./versions";

const now = Date.parse("2026-11-21T12:00:00Z");
const after = (days: number) => new Date(now + days * 86_400_000).toISOString();

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [93_512_000, "93.5 MB"],
  [82_400_000_000, "82.4 GB"],
  [2.5e12, "2.5 TB"],
])("%d bytes are shown as the command line shows them", (count, text) => {
  expect(bytes(count)).toBe(text);
});

it("a rate is a size for each second", () => {
  expect(rate(3_400_000)).toBe("3.4 MB/s");
});

it.each([
  [5, "moments", 0],
  [58, "minutes", 1],
  [96, "minutes", 2],
  [5_400, "hours", 2],
  [10_800, "hours", 3],
])("%d seconds are told in the steps in which people think", (seconds, unit, count) => {
  expect(remaining(seconds)).toEqual({ unit, count });
});

it("whole percent never reads 100 before the end, and never leaves its bounds", () => {
  expect([percent(0, 0), percent(1, 3), percent(999, 1000), percent(9, 3)]).toEqual([0, 33, 99, 99]);
});

it.each([
  [0, "now"],
  [-0.001, "1 minute ago"],
  [0.05, "in 72 minutes"],
  [-1, "24 hours ago"],
  [3.4, "in 3 days"],
  [-45, "45 days ago"],
  [320, "in 11 months"],
  [800, "in 2 years"],
])("%d days away is told in words", (days, text) => {
  expect(relative(after(days), now)).toBe(text);
});

it.each([
  [46, "calm"],
  [45, "amber"],
  [4.1, "amber"],
  [4, "red"],
  [-1, "red"],
])("an end in %d days is %s", (days, expected) => {
  expect(urgency(after(days), now)).toBe(expected);
});

it("days that are left are whole", () => {
  expect([daysLeft(after(2.9), now), daysLeft(after(-0.1), now)]).toEqual([2, -1]);
});

it("platforms and languages have the names that people use", () => {
  expect(platform("linux-x86_64")).toBe("Linux, 64-bit");
  expect(platform("amiga")).toBe("amiga");
  expect([language("de"), language("x")]).toEqual(["German", "x"]);
});

it.each([
  ["1.10.0", "1.9.0"],
  ["1.0.0", "1.0.0-rc.1"],
  ["1.0.0-rc.10", "1.0.0-rc.9"],
  ["1.0.0-rc.1.1", "1.0.0-rc.1"],
])("%s is newer than %s", (newer, older) => {
  expect(compareVersions(newer, older)).toBeGreaterThan(0);
  expect(compareVersions(older, newer)).toBeLessThan(0);
  expect(compareVersions(newer, `${newer}+build.7`)).toBe(0);
});
