import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { failure, password } from "@/testing/fake-host";
import { open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

async function fill(user: ReturnType<typeof open>["user"], secret: string) {
  await user.type(await screen.findByTestId("sign-in-user"), "uma@smith.example");
  await user.type(screen.getByTestId("sign-in-password"), `${secret}{Enter}`);
}

it("signs in with Enter and lands where the person wanted to go", async () => {
  const { user, host } = open(scenarios["signed-out"], "/devices");
  await fill(user, password);
  expect(await screen.findByRole("heading", { level: 1, name: "Devices" })).toBeVisible();
  expect(host.asked).toContain("signIn uma@smith.example https://toolcrib.smith.example -");
});

it("says what is missing before it asks anybody", async () => {
  const { user, host } = open(scenarios["signed-out"]);
  await user.click(await screen.findByTestId("sign-in-submit"));
  expect(screen.getByText("Enter your User ID.")).toBeVisible();
  expect(screen.getByTestId("sign-in-password")).toBeInvalid();
  expect(host.asked.filter((act) => act.startsWith("signIn"))).toEqual([]);
});

it("tells a wrong password in the page and keeps the User ID", async () => {
  const { user } = open(scenarios["signed-out"]);
  await fill(user, "wrong");
  expect(await screen.findByRole("alert")).toHaveTextContent("That did not match");
  expect(screen.getByTestId("sign-in-user")).toHaveValue("uma@smith.example");
});

it("asks for the code of the second step only when the server asks for it", async () => {
  const { user, host } = open(scenarios["signed-out"], "/products", (early) =>
    early.breaks("signIn", failure("second_step_needed")),
  );
  await fill(user, password);
  const code = await screen.findByTestId("sign-in-code");
  host.breaks("signIn", null);
  await user.type(code, "123456{Enter}");
  expect(await screen.findByTestId("user-menu")).toBeVisible();
  expect(host.asked.at(-1)).not.toBe("");
  expect(host.asked).toContain("signIn uma@smith.example https://toolcrib.smith.example 123456");
});

it("keeps the remembered server under “Advanced” in the window", async () => {
  const { user } = open(scenarios["signed-out"]);
  expect(await screen.findByTestId("sign-in-server")).not.toBeVisible();
  await user.click(screen.getByTestId("sign-in-advanced"));
  expect(screen.getByTestId("sign-in-server")).toHaveValue("https://toolcrib.smith.example");
});

it("asks for the server at the first start", async () => {
  const { user } = open(scenarios["first-start"]);
  expect(await screen.findByTestId("sign-in-server")).toBeVisible();
  await fill(user, password);
  expect(screen.getByText("Enter the address of your server.")).toBeVisible();
});

it("knows no server in a browser", async () => {
  const { user, host } = open(scenarios["browser-signed-out"]);
  await fill(user, password);
  expect(await screen.findByTestId("user-menu")).toBeVisible();
  expect(screen.queryByTestId("sign-in-server")).toBeNull();
  expect(host.asked).toContain("signIn uma@smith.example - -");
});

it("signs out, and nothing of the person stays in the page", async () => {
  const { user } = open(scenarios.user);
  await user.click(await screen.findByTestId("user-menu"));
  await user.click(await screen.findByTestId("sign-out"));
  expect(await screen.findByTestId("sign-in-user")).toBeVisible();
  expect(screen.queryByText("Sample Studio")).toBeNull();
});

it("returns here when the session ended while somebody worked", async () => {
  const { user, host } = open(scenarios.user);
  await screen.findByTestId("product-tile-zig");
  host.breaks("listDevices", failure("not_signed_in"));
  await user.click(screen.getByTestId("nav-devices"));
  expect(await screen.findByTestId("sign-in-user")).toBeVisible();
});
