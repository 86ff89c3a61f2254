import { expect, it } from "vitest";
import { offline, toFailure } from "./normalise";

it("takes everything from an error of the client", () => {
  const error = { code: "disk_full", message: "no room", advice: "Make room.", retryable: true };
  expect(toFailure(error)).toMatchObject(error);
});

it("leaves a failure as it is", () => {
  const failure = offline();
  expect(toFailure(failure)).toBe(failure);
});

it.each([
  [new TypeError("items is not iterable"), "internal"],
  [{ code: "brand_new" }, "unknown"],
  ["command not found", "unknown"],
  [null, "unknown"],
])("%s is told as %s", (cause, code) => {
  expect(toFailure(cause).code).toBe(code);
});
