import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { faults, open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

const admin = scenarios["browser-coordinator"];

/** A new policy that was begun. */
async function begun() {
  const opened = open(admin, "/policies/new");
  await opened.user.type(await screen.findByTestId("policy-name"), "Laptops");
  return opened;
}

it("the menu asks before it leads away from what was written, and staying keeps it", async () => {
  const { user, pages } = await begun();
  await user.click(screen.getByTestId("nav-groups"));
  const question = await screen.findByRole("dialog", { name: "Leave without saving?" });
  expect(within(question).getByTestId("unsaved-stay")).toHaveFocus();
  expect(await faults()).toEqual([]);
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(pages.state.location.pathname).toBe("/policies/new");
  expect(screen.getByTestId("policy-name")).toHaveValue("Laptops");

  await user.click(screen.getByTestId("nav-groups"));
  await user.click(await screen.findByTestId("unsaved-leave"));
  await waitFor(() => expect(pages.state.location.pathname).toBe("/groups"));
});

it("by keyboard alone Cancel asks, Escape stays, and the second button leaves", async () => {
  const { user, pages } = await begun();
  screen.getByText("Cancel").closest("a")?.focus();
  await user.keyboard("{Enter}");
  await screen.findByTestId("unsaved-stay");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByTestId("unsaved-stay")).toBeNull());
  expect(pages.state.location.pathname).toBe("/policies/new");

  screen.getByText("Cancel").closest("a")?.focus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByTestId("unsaved-stay")).toHaveFocus());
  await user.tab();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(pages.state.location.pathname).toBe("/policies"));
});

it("nothing is asked where nothing was changed, or what was changed was taken back", async () => {
  const { user, pages } = await begun();
  await user.clear(screen.getByTestId("policy-name"));
  await user.click(screen.getByTestId("nav-groups"));
  await waitFor(() => expect(pages.state.location.pathname).toBe("/groups"));
  expect(screen.queryByTestId("unsaved-stay")).toBeNull();
});

it("a policy that is removed leaves its form without a question", async () => {
  const { user, pages } = open(admin, "/policies/p1");
  await user.type(await screen.findByTestId("policy-name"), " of ours");
  await user.click(screen.getByTestId("policy-remove"));
  await user.click(await screen.findByTestId("policy-act-confirm"));
  await waitFor(() => expect(pages.state.location.pathname).toBe("/policies"));
});
