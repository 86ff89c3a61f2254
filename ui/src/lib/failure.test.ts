import { expect, it } from "vitest";
import { failureCodes, presentation } from "./failure";
import { en } from "./i18n/en";

it("every code has a title and an advice", () => {
  expect(Object.keys(en.failure).toSorted()).toEqual([...failureCodes].toSorted());
  expect(Object.keys(presentation).toSorted()).toEqual([...failureCodes].toSorted());
});

it.each(failureCodes)("%s is told in sentences of its own", (code) => {
  const { title, advice } = en.failure[code];
  expect(title).not.toMatch(/[.!]$/);
  expect(advice).toMatch(/\.$/);
});
