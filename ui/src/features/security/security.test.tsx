import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { failure } from "@/testing/fake-host";
import { open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

it("switches the second step on: password, first code, recovery codes", async () => {
  const { user, host } = open(scenarios.user, "/security");
  await user.click(await screen.findByTestId("set-up-second-step"));
  await user.type(await screen.findByTestId("proof-password"), "sample-Pass-1{Enter}");
  expect(await screen.findByRole("img", { name: "QR code for the authenticator app" })).toBeVisible();
  expect(screen.getByTestId("second-step-secret")).toHaveTextContent("JBSW Y3DP");
  await user.type(screen.getByTestId("confirm-code"), "12{Enter}");
  expect(host.asked).not.toContain("confirmSecondStep");
  await user.type(screen.getByTestId("confirm-code"), "3456{Enter}");
  const codes = await screen.findByTestId("recovery-codes");
  expect(within(codes).getAllByRole("listitem").length).toBe(4);
  await user.click(screen.getByTestId("codes-kept"));
  expect(screen.queryByTestId("recovery-codes")).toBeNull();
});

it("asks for password and code before it is switched off", async () => {
  const { user, host } = open(scenarios.user, "/security", (early) =>
    early.answers("secondStep", { on_since: "2026-11-01T10:00:00Z", recovery_codes_left: 2 }),
  );
  expect(await screen.findByText("Only 2 recovery codes are left")).toBeVisible();
  await user.click(screen.getByTestId("remove-second-step"));
  await user.type(await screen.findByTestId("proof-password"), "sample-Pass-1{Enter}");
  expect(screen.getByText("Enter the code.")).toBeVisible();
  expect(host.asked).not.toContain("removeSecondStep");
  host.breaks("removeSecondStep", failure("wrong_credentials", "The code is wrong."));
  await user.type(screen.getByTestId("proof-code"), "123456{Enter}");
  expect(await screen.findByText("The code is wrong.")).toBeVisible();
});

it("shows where one is signed in, and ends another session but not this one", async () => {
  const { user, host } = open(scenarios.user, "/security");
  const row = (await screen.findByText("uma-laptop")).closest("tr");
  await user.click(within(row as HTMLElement).getByRole("button", { name: "Sign out" }));
  expect(host.asked).toContain("endSession s1");
  const here = screen.getByText("Here").closest("tr");
  expect(within(here as HTMLElement).queryByRole("button")).toBeNull();
});

it("shows the privacy statement, and notes its acceptance", async () => {
  const { user, host } = open(scenarios.user, "/security");
  await user.click(await screen.findByRole("button", { name: "Read it" }));
  expect(screen.getByText("Your account. Your name and your User ID.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Accept" }));
  expect(host.asked).toContain("acceptPrivacy");
});

it("shows that the organisation collects facts, who decided it, and what one's own computer told", async () => {
  const { user } = open(scenarios.user, "/security");
  expect(await screen.findByTestId("own-facts-on")).toHaveTextContent(/decided by Carl Okafor/);
  expect(screen.queryByText("memory.total_bytes")).toBeNull();
  await user.click(screen.getByTestId("own-facts-show"));
  expect(screen.getByText("memory.total_bytes")).toBeVisible();
});

it("says that nothing is measured where the organisation does not collect facts", async () => {
  open(scenarios.user, "/security", (early) => early.answers("ownFacts", { collected: false, devices: [] }));
  expect(await screen.findByText(/nothing is measured for your organisation/)).toBeVisible();
});
