import { expect, it, vi } from "vitest";
import { dayIn, endOf } from "./day-field";

it("days are counted by the calendar, also where the clocks are put on or back", () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  expect(new Date("2026-07-01T00:00:00Z").getHours()).toBe(2);
  const late = new Date("2026-03-20T23:30:00").getTime();
  expect(dayIn(0, late)).toBe("2026-03-20");
  expect(dayIn(14, late)).toBe("2026-04-03");
  expect(dayIn(14, new Date("2026-10-20T00:10:00").getTime())).toBe("2026-11-03");
  vi.unstubAllEnvs();
});

it("a day ends with its last second, and what is no day has no end", () => {
  expect(endOf("2026-11-22")).toBe(new Date("2026-11-22T23:59:59").toISOString());
  expect(endOf("")).toBeNull();
  expect(endOf("2026-13-01")).toBeNull();
});
