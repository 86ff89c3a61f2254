import "@/lib/theme/scheme";
import { createMemoryHistory } from "@tanstack/react-router";
import { start } from "@/start";
import { FakeHost, failure } from "./fake-host";
import { scenarios, type ScenarioName } from "./scenarios";
import { simulate } from "./simulate";

/**
 * The pages over an in-memory host, for looking at them: `mock.html?scenario=running&path=/jobs&scheme=dark`;
 * `breaks=listGroups` lets one thing that is asked for fail, `offline` all.
 */
const query = new URLSearchParams(location.search);
const asked = query.get("scenario") ?? "user";
const name = (asked in scenarios ? asked : "user") as ScenarioName;
const scheme = query.get("scheme");
if (scheme) {
  localStorage.setItem("mantine-color-scheme-value", scheme);
  document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
}

const host = new FakeHost(scenarios[name]);
if (query.has("offline")) {
  for (const act of [
    "me",
    "listProducts",
    "listDevices",
    "listContracts",
    "readinessBoard",
    "listReadinessChecks",
    "listGroups",
    "listUpdatePolicies",
  ])
    host.breaks(act, failure("offline"));
}
for (const act of query.get("breaks")?.split(",") ?? []) host.breaks(act, failure("offline"));
if (query.has("live")) simulate(host);

const place = document.getElementById("root");
if (place) start(host, place, createMemoryHistory({ initialEntries: [query.get("path") ?? "/products"] }));
