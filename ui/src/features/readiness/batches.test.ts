import { expect, it } from "vitest";
import { batches } from "./batches";

const files = (count: number, size: number) => Array.from({ length: count }, (_, id) => ({ id, size }));

it("sends ten thousand reports in calls that the service takes, and loses none", () => {
  const all = files(10_000, 15_000);
  const groups = batches(all);
  expect(groups.flat()).toEqual(all);
  expect(Math.max(...groups.map((group) => group.length))).toBe(1_000);
  expect(groups.length).toBe(10);
});

it("counts bytes as well as files, and sends a large file alone", () => {
  expect(batches(files(5, 10_000_000)).map((group) => group.length)).toEqual([2, 2, 1]);
  expect(batches(files(2, 40_000_000)).map((group) => group.length)).toEqual([1, 1]);
  expect(batches([])).toEqual([]);
});
