import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { failure, password } from "@/testing/fake-host";
import { open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

const path = "/products/sample-studio/licence";

it("shows the standing, who it is for, and the dates in their order", async () => {
  open(scenarios.installed, path);
  expect(await screen.findByTestId("licence-standing")).toHaveAttribute("data-standing", "active");
  expect(screen.getByText("uma@smith.example")).toBeVisible();
  const dates = within(screen.getByRole("region", { name: "Dates" })).getAllByRole("listitem");
  expect(dates.map((item) => item.firstChild?.textContent)).toEqual([
    "You proved who you are",
    "Sign in again by",
    "Works offline until",
    "Contract ends",
  ]);
});

it("grace tells how long it goes on", async () => {
  open(scenarios.grace, path);
  expect(await screen.findByTestId("licence-standing")).toHaveTextContent("Offline grace");
  expect(screen.getByText(/4 more days/)).toBeVisible();
});

it("a withdrawn licence says by whom, and whom to ask", async () => {
  open(scenarios.grace, "/products/zig/licence");
  expect(await screen.findByTestId("licence-standing")).toHaveTextContent("Withdrawn");
  expect(screen.getByText("May not be launched now")).toBeVisible();
  expect(await screen.findByRole("region", { name: "Your administrators" })).toBeVisible();
});

it("the password renews the dates", async () => {
  const { user } = open(scenarios.grace, path);
  await user.click(await screen.findByTestId("verify-licence"));
  await user.type(await screen.findByTestId("verify-password"), password);
  await user.click(screen.getByTestId("verify-submit"));
  expect(await screen.findByText("Active")).toBeVisible();
});

it("a wrong password is told in the dialog", async () => {
  const { user } = open(scenarios.grace, path);
  await user.click(await screen.findByTestId("verify-licence"));
  await user.type(await screen.findByTestId("verify-password"), "wrong{Enter}");
  const dialog = await screen.findByRole("dialog");
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("That did not match");
});

it("a second step is asked for when the server asks", async () => {
  const { user } = open(scenarios.grace, path, (host) =>
    host.breaks("verifyLicence", failure("second_step_needed")),
  );
  await user.click(await screen.findByTestId("verify-licence"));
  await user.type(await screen.findByTestId("verify-password"), `${password}{Enter}`);
  expect(await screen.findByTestId("verify-code")).toBeVisible();
});

it("a product that is not installed has no licence here", async () => {
  open(scenarios.user, path);
  expect(await screen.findByText(/is not installed here/)).toBeVisible();
});
