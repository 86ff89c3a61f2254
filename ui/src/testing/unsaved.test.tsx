import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fleetCheck } from "./readiness";
import { open } from "./render";
import { scenarios, type ScenarioName } from "./scenarios";

/** Every page with a form that takes more than a word: who opens it, where, and the field that is begun. */
const forms: readonly [ScenarioName, string, string, string][] = [
  ["coordinator", "/readiness/new", "check-title", "Autumn"],
  ["coordinator", "/readiness/any?tab=silent", "expected-names", "desk-1"],
  ["browser-coordinator", "/offline", "offline-request", "toolcrib-request.v4"],
  ["installed", "/products/sample-studio/licence", "answer-text", "toolcrib-answer.v4"],
  ["user", "/support/connection", "limit-usual", "2.5"],
  ["user", "/products/sample-studio/install", "plan-folder", "/srv/studio"],
  ["browser-coordinator", "/policies/new", "policy-name", "Laptops"],
];

/** Opens a page and writes into one of its fields. */
async function begun([scenario, path, field, text]: (typeof forms)[number]) {
  const opened = open(scenarios[scenario], path);
  await opened.user.clear(await screen.findByTestId(field));
  await opened.user.type(screen.getByTestId(field), text);
  return opened;
}

const gone = (testId: string) => waitFor(() => expect(screen.queryByTestId(testId)).toBeNull());

it.each(forms)("%s is asked before what was written at %s is lost", async (...form) => {
  const { user, pages } = await begun(form);
  const [, path, field, text] = form;
  await user.click(screen.getByRole("link", { name: "Management" }));
  await waitFor(() => expect(screen.getByTestId("unsaved-stay")).toHaveFocus());
  await user.keyboard("{Enter}");
  await gone("unsaved-stay");
  expect(pages.state.location.href).toBe(path);
  expect(screen.getByTestId(field)).toHaveValue(text);

  await user.click(screen.getByRole("link", { name: "Management" }));
  await user.click(await screen.findByTestId("unsaved-leave"));
  await waitFor(() => expect(pages.state.location.pathname).toBe("/products"));
});

it.each(forms)("%s leaves %s at once where nothing was written", async (scenario, path, field) => {
  const { user, pages } = open(scenarios[scenario], path);
  await screen.findByTestId(field);
  await user.click(screen.getByRole("link", { name: "Management" }));
  await waitFor(() => expect(pages.state.location.pathname).toBe("/products"));
  expect(screen.queryByTestId("unsaved-stay")).toBeNull();
});

describe("what was saved", () => {
  it("as a check leads to that check", async () => {
    const { user, pages } = open(scenarios.coordinator, "/readiness/new");
    await user.type(await screen.findByTestId("check-title"), "Autumn");
    await user.click(screen.getByTestId("rule-add"));
    await user.click(screen.getByTestId("check-create"));
    await waitFor(() => expect(pages.state.location.pathname).toBe(`/readiness/${fleetCheck.check}`));
    expect(screen.queryByTestId("unsaved-stay")).toBeNull();
  });

  it("as a limit is left without a question", async () => {
    const { user, pages } = await begun(["user", "/support/connection", "limit-usual", "2.5"]);
    await user.click(screen.getByTestId("limit-save"));
    await waitFor(() => expect(screen.getByTestId("limit-now")).toHaveTextContent("at most 2.5 MB/s"));
    await user.click(screen.getByRole("link", { name: "Management" }));
    await waitFor(() => expect(pages.state.location.pathname).toBe("/products"));
  });

  it("as a list of computers is left without a question", async () => {
    const { host, user, pages } = await begun([
      "coordinator",
      "/readiness/any?tab=silent",
      "expected-names",
      "a",
    ]);
    await user.click(screen.getByTestId("expected-save"));
    await waitFor(() => expect(host.asked).toContain(`expectMachines ${fleetCheck.check}`));
    await waitFor(() => expect(screen.getByTestId("expected-names")).toHaveValue("desk-199\ndesk-200"));
    await user.click(screen.getByRole("link", { name: "Management" }));
    await waitFor(() => expect(pages.state.location.pathname).toBe("/products"));
  });
});

it("another part of a check asks, too", async () => {
  const { user, pages } = await begun([
    "coordinator",
    "/readiness/any?tab=silent",
    "expected-names",
    "desk-1",
  ]);
  await user.click(screen.getByTestId("tab-collect"));
  await user.click(await screen.findByTestId("unsaved-stay"));
  await gone("unsaved-stay");
  expect(pages.state.location.search).toEqual({ tab: "silent" });
  expect(screen.getByTestId("expected-names")).toHaveValue("desk-1");
});

/** The question whether something of one computer is accepted. */
async function accepting() {
  const opened = open(scenarios.coordinator, "/readiness/any?tab=computers&machine=one");
  const [first] = await screen.findAllByTestId("machine-accept");
  if (first) await opened.user.click(first);
  await waitFor(() => expect(screen.getByTestId("accept-reason")).toHaveFocus());
  return opened;
}

describe("Escape", () => {
  it("closes a question that nobody answered, and not the drawer behind it", async () => {
    const { user, pages } = await accepting();
    await user.keyboard("{Escape}");
    await gone("accept-reason");
    expect(pages.state.location.search).toMatchObject({ machine: "one" });
    await user.keyboard("{Escape}");
    await waitFor(() => expect(pages.state.location.search).toEqual({ tab: "computers" }));
  });

  it("asks before a reason is lost, and a second one goes back to it", async () => {
    const { user, pages } = await accepting();
    await user.keyboard("Memory is ordered.{Escape}");
    await screen.findByTestId("unsaved-stay");
    await user.keyboard("{Escape}");
    await gone("unsaved-stay");
    expect(screen.getByTestId("accept-reason")).toHaveValue("Memory is ordered.");
    expect(pages.state.location.search).toMatchObject({ machine: "one" });
  });
});
