import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { failure, password } from "@/testing/fake-host";
import { open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

it("what is in the way is told with what helps and whom to ask, what is behind it was not looked at", async () => {
  open(scenarios.intercepted, "/support/connection");
  const check = await screen.findByTestId("check-protection");
  expect(check).toHaveTextContent("Example Inspection CA");
  expect(check).toHaveTextContent("Ask whoever looks after this computer and its network.");
  expect(screen.getByTestId("check-service")).toHaveTextContent("Not looked at");
  expect(screen.getByRole("alert")).toHaveTextContent("Something is in the way");
});

it("the host names to allow can be read and copied", async () => {
  open(scenarios.user, "/support/connection");
  const hosts = await screen.findByTestId("doctor-hosts");
  expect(within(hosts).getAllByRole("listitem")).toHaveLength(2);
  expect(screen.getByRole("button", { name: "Copy the list" })).toBeVisible();
});

it("a bundle for whoever helps says where it is", async () => {
  const { user } = open(scenarios.user, "/support/connection");
  await user.click(await screen.findByTestId("make-bundle"));
  expect(await screen.findByTestId("bundle-made")).toHaveTextContent("toolcrib-support");
});

it("whoever cannot sign in for want of a connection can find out why", async () => {
  const { user } = open({ ...scenarios.intercepted, me: null }, "/products", (host) =>
    host.breaks("signIn", failure("offline")),
  );
  await user.type(await screen.findByTestId("sign-in-user"), "uma@smith.example");
  await user.type(screen.getByTestId("sign-in-password"), `${password}{Enter}`);
  await user.click(await screen.findByTestId("what-is-wrong"));
  expect(await screen.findByTestId("check-protection")).toHaveAttribute("data-finding", "intercepted");
});

it("the browser has no such page", async () => {
  open(scenarios["browser-coordinator"], "/support/connection");
  expect(await screen.findByRole("heading", { level: 1 })).not.toHaveTextContent("Connection");
});
