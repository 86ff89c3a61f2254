import { act, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { failure } from "@/testing/fake-host";
import { faults, open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

const accepted = (asked: readonly string[]) => asked.filter((what) => what.startsWith("acceptInvitation"));

it("asks for the server first, then for the person, and then shows the plan", async () => {
  const { user, host, pages } = open(scenarios["invited-first"]);
  expect(await screen.findByText("https://toolcrib.smith.example")).toBeVisible();
  expect(screen.queryByText(/Uma Patel/)).toBeNull();
  await user.click(screen.getByTestId("invitation-yes"));
  await user.click(await screen.findByRole("button", { name: "Sign in as Uma Patel" }));
  await waitFor(() => expect(pages.state.location.pathname).toBe("/products/sample-studio/install"));
  expect(pages.state.location.search).toEqual({ version: "1.1.0" });
  expect(await screen.findByTestId("plan-install")).toBeVisible();
  expect(accepted(host.asked)).toEqual(["acceptInvitation 1 meet_server", "acceptInvitation 1 sign_in"]);
  await waitFor(() => expect(host.asked).toContain("dismissInvitation"));
  expect(host.asked.some((what) => what.startsWith("installProduct"))).toBe(false);
});

it.each(["invited-first", "invited", "invited-saved"] as const)("%s keeps nobody out", async (name) => {
  open(scenarios[name]);
  await screen.findByTestId("invitation-no");
  expect(await faults()).toEqual([]);
});

it("another server than one's own is named beside it, with a warning", async () => {
  open(scenarios["invited-elsewhere"]);
  expect(await screen.findByText("https://old.example")).toBeVisible();
  expect(screen.getByText("This is not the server that you use")).toBeVisible();
});

it("whoever is signed in stays so unless they say otherwise", async () => {
  const { user, host, pages } = open(scenarios["invited-other"]);
  expect(await screen.findByText("carl@smith.example is signed in on this computer")).toBeVisible();
  await waitFor(() => expect(screen.getByTestId("invitation-no")).toHaveFocus());
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.queryByTestId("invitation-no")).toBeNull());
  expect(accepted(host.asked)).toEqual([]);
  expect(host.asked).toContain("dismissInvitation");
  expect(pages.state.location.pathname).toBe("/products");
});

it("a saved file waits for the password, with its server filled in", async () => {
  const { host, user } = open(scenarios["invited-saved"]);
  expect(await screen.findByText("Sign in to install Sample Studio 1.1.0")).toBeVisible();
  expect(screen.getByText(/The code of the link was used, or has ended/)).toBeVisible();
  await user.click(screen.getByTestId("sign-in-advanced"));
  expect(screen.getByTestId("sign-in-server")).toHaveValue("https://toolcrib.smith.example");
  await user.click(screen.getByTestId("invitation-no"));
  expect(host.asked).toContain("dismissInvitation");
});

it("a link that cannot be used says why, and goes when it is closed", async () => {
  const { user, host } = open(scenarios["invited-badly"]);
  expect(await screen.findByRole("alert")).toHaveTextContent("it names no account service");
  await user.click(screen.getByRole("button", { name: "Close" }));
  expect(host.asked).toContain("dismissInvitation");
});

it("what fails after the yes is told, and can be tried again", async () => {
  const { user, host } = open(scenarios.invited, "/products", (early) =>
    early.breaks("acceptInvitation", failure("offline")),
  );
  await user.click(await screen.findByTestId("invitation-yes"));
  expect(await screen.findByRole("alert")).toBeVisible();
  host.breaks("acceptInvitation", null);
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByTestId("invitation-yes")).toBeVisible();
});

it("a code from the portal can be pasted where one signs in", async () => {
  const { user, host } = open(scenarios["signed-out"]);
  await user.click(await screen.findByTestId("from-portal"));
  await user.type(screen.getByTestId("portal-code"), " toolcrib://install/zig ");
  await user.click(screen.getByTestId("portal-code-use"));
  expect(await screen.findByText("Sign in by this link?")).toBeVisible();
  expect(host.asked).toContain("receiveInvitation toolcrib://install/zig");
});

it("a link that comes while the window is open is asked about", async () => {
  const { host } = open(scenarios.user);
  await screen.findByTestId("product-tile-zig");
  await act(async () => host.native?.receiveInvitation("toolcrib://install/zig"));
  expect(await screen.findByText("Sign in by this link?")).toBeVisible();
});
