import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { design } from "./groups";
import { faults, open } from "./render";
import { scenarios, type ScenarioName } from "./scenarios";

const pages: readonly [ScenarioName, string][] = [
  ["signed-out", "/products"],
  ["user", "/products"],
  ["coordinator", "/products?details=sample-studio"],
  ["browser-coordinator", "/products"],
  ["invited-saved", "/products"],
  ["installed", "/products"],
  ["user", "/products/sample-studio/install"],
  ["tools", "/products/sample-studio/install"],
  ["running", "/products/sample-studio/install"],
  ["failed", "/products/sample-studio/install?job=sample-studio-2"],
  ["done", "/products/sample-studio/install?job=sample-studio-3"],
  ["installed", "/products/sample-studio/licence"],
  ["failed", "/jobs"],
  ["queue", "/jobs"],
  ["update", "/products/sample-studio"],
  ["crashing", "/products"],
  ["coordinator", "/devices"],
  ["coordinator", "/devices/d2"],
  ["coordinator", "/products/sample-studio/download"],
  ["downloading", "/products/sample-studio/download"],
  ["downloaded", "/products/sample-studio/download?job=sample-studio-4"],
  ["browser-user", "/products/sample-studio/files"],
  ["user", "/offline"],
  ["user", "/security"],
  ["coordinator", "/contracts"],
  ["browser-coordinator", "/groups"],
  ["browser-beginner", "/groups"],
  ["browser-coordinator", `/groups?group=${design.group}`],
  ["browser-coordinator", "/groups?product=sample-studio"],
  ["browser-coordinator", "/readiness"],
  ["browser-beginner", "/readiness"],
  ["coordinator", "/readiness/new"],
  ["coordinator", "/readiness/any"],
  ["coordinator", "/readiness/any?tab=computers&rule=memory"],
  ["coordinator", "/readiness/any?tab=computers&machine=one"],
  ["coordinator", "/readiness/any?tab=silent"],
  ["browser-coordinator", "/readiness/any?tab=collect"],
  ["coordinator", "/readiness/any?tab=accepted"],
  ["browser-coordinator", "/readiness/any?tab=signOff"],
  ["browser-coordinator", "/policies"],
  ["browser-beginner", "/policies"],
  ["browser-coordinator", "/policies/new"],
  ["browser-coordinator", "/policies/p1"],
  ["coordinator", "/profile"],
  ["user", "/profile/appearance"],
  ["user", "/support"],
  ["user", "/support/about"],
  ["intercepted", "/support/connection"],
  ["user", "/nowhere"],
];

/** A page with a drawer takes axe many seconds on a computer with two cores that has other work, too. */
const patienceMs = 120_000;

it.each(pages)("%s finds nothing in the way at %s", { timeout: patienceMs }, async (scenario, path) => {
  open(scenarios[scenario], path);
  await screen.findAllByRole("heading", { level: 1 });
  await waitFor(() => expect(screen.queryByRole("status", { name: "Loading …" })).toBeNull());
  expect(await faults()).toEqual([]);
});
