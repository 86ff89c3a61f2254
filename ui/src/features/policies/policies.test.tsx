import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { failure } from "@/testing/fake-host";
import { updatePolicies } from "@/testing/policies";
import { open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

const admin = scenarios["browser-coordinator"];
const row = async (name: string) => (await screen.findByRole("link", { name })).closest("tr") as HTMLElement;

describe("the list", () => {
  it("tells what each policy does, for whom, and how it stands", async () => {
    open(admin, "/policies");
    const office = await row("Office computers");
    expect(office).toHaveTextContent("First Thursday of the month at 20:00, releases at least 15 days old");
    expect(office).toHaveTextContent(/Design.*Pilots first.*Workshop 7 days later/);
    expect(await row("Render farm")).toHaveTextContent("Halted");
    expect(await row("Render farm")).toHaveTextContent("Sample Studio at 1.0.0");
    expect(await row("Trade fair")).toHaveTextContent("Disabled");
    expect(await row("Workshop")).toHaveTextContent(/Frozen until \d/);
  });

  it("explains itself where there is none", async () => {
    open(scenarios["browser-beginner"], "/policies");
    expect(await screen.findByRole("heading", { name: "No update policy yet" })).toBeVisible();
    expect(screen.getByTestId("policy-new")).toBeVisible();
  });

  it("leads to the groups where there are none, as its form does", async () => {
    const { user, pages } = open(scenarios["browser-beginner"], "/policies");
    await user.click(await screen.findByTestId("policies-groups"));
    await waitFor(() => expect(pages.state.location.pathname).toBe("/groups"));
    await user.click(screen.getByTestId("nav-policies"));
    await user.click(await screen.findByTestId("policy-new"));
    await user.click(await screen.findByTestId("policy-to-groups"));
    await waitFor(() => expect(pages.state.location.pathname).toBe("/groups"));
  });

  it("says why it cannot be shown, and is asked again", async () => {
    const { host, user } = open(admin, "/policies", (fake) =>
      fake.breaks("listUpdatePolicies", failure("offline")),
    );
    const again = await screen.findByRole("button", { name: "Try again" });
    host.breaks("listUpdatePolicies", null);
    await user.click(again);
    expect(await row("Office computers")).toBeVisible();
  });

  it("is not for people who do not set up software", async () => {
    const { host } = open(scenarios["browser-user"], "/policies");
    expect(await screen.findByRole("heading", { name: "There is nothing here" })).toBeVisible();
    expect(host.asked.join()).not.toContain("listUpdatePolicies");
  });

  it("is that of another contract when that is chosen", async () => {
    const { host, user } = open(admin, "/policies");
    await user.selectOptions(await screen.findByTestId("policies-contract"), "Contract SMI-1877");
    await waitFor(() =>
      expect(host.asked).toContain("listUpdatePolicies 0192a000-0000-7000-8000-0000000000c2"),
    );
  });
});

describe("halting", () => {
  it("asks once, and then it is halted in sight", async () => {
    const { host, user } = open(admin, "/policies");
    await user.click(within(await row("Office computers")).getByTestId("policy-halt"));
    expect(host.asked.join()).not.toContain("haltUpdatePolicy");
    const halted = updatePolicies.map((policy) => Object.assign({}, policy, { halted: true }));
    host.answers("listUpdatePolicies", { policies: halted });
    await user.click(await screen.findByTestId("policy-act-confirm"));
    await waitFor(async () => expect(await row("Office computers")).toHaveTextContent("Halted"));
    expect(host.asked.join()).toMatch(/haltUpdatePolicy \S+ p1/);
    expect(within(await row("Office computers")).getByTestId("policy-resume")).toBeVisible();
  });

  it("that was refused says so, and leaves the question open", async () => {
    const { host, user } = open(admin, "/policies", (fake) =>
      fake.breaks("haltUpdatePolicy", failure("not_permitted")),
    );
    await user.click(within(await row("Office computers")).getByTestId("policy-halt"));
    await user.click(await screen.findByTestId("policy-act-confirm"));
    expect(await screen.findByText("Your role does not include this")).toBeVisible();
    host.breaks("haltUpdatePolicy", null);
    await user.click(screen.getByTestId("policy-act-confirm"));
    await waitFor(() => expect(screen.queryByTestId("policy-act-confirm")).toBeNull());
  });

  it("ends when it is resumed", async () => {
    const { host, user } = open(admin, "/policies");
    await user.click(within(await row("Render farm")).getByTestId("policy-resume"));
    await user.click(await screen.findByTestId("policy-act-confirm"));
    await waitFor(() => expect(host.asked.join()).toMatch(/resumeUpdatePolicy \S+ p2/));
  });
});

it("a policy is removed only after a question, and its page leads back to the list", async () => {
  const { host, user, pages } = open(admin, "/policies/p1");
  await user.click(await screen.findByTestId("policy-remove"));
  expect(host.asked.join()).not.toContain("removeUpdatePolicy");
  await user.click(await screen.findByTestId("policy-act-confirm"));
  await waitFor(() => expect(pages.state.location.pathname).toBe("/policies"));
  expect(host.asked.join()).toMatch(/removeUpdatePolicy \S+ p1/);
});

it("a policy that is gone is told", async () => {
  open(admin, "/policies/nothing");
  expect(await screen.findByRole("heading", { name: "This policy is not there" })).toBeVisible();
});
