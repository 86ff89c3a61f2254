import { act, screen, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { failure } from "@/testing/fake-host";
import { open } from "@/testing/render";
import { scenarios, type ScenarioName } from "@/testing/scenarios";

const rows = async () => {
  await screen.findByTestId("nav-products");
  const nav = screen.getByRole("navigation", { name: "Pages" });
  return within(nav)
    .getAllByRole("link")
    .map((link) => link.getAttribute("data-testid"));
};

it.each<[ScenarioName, string[]]>([
  ["user", ["nav-products", "nav-jobs", "nav-devices", "nav-offline"]],
  [
    "coordinator",
    [
      "nav-products",
      "nav-jobs",
      "nav-devices",
      "nav-offline",
      "nav-contracts",
      "nav-groups",
      "nav-readiness",
      "nav-policies",
    ],
  ],
  ["empty", ["nav-products", "nav-jobs", "nav-devices", "nav-offline"]],
  ["browser-user", ["nav-products", "nav-devices", "nav-offline"]],
  [
    "browser-coordinator",
    [
      "nav-products",
      "nav-devices",
      "nav-offline",
      "nav-contracts",
      "nav-groups",
      "nav-readiness",
      "nav-policies",
    ],
  ],
])("%s sees exactly the pages that are permitted", async (scenario, expected) => {
  open(scenarios[scenario]);
  expect(await rows()).toEqual(expected);
});

it("management is the default part, and the present page is marked", async () => {
  open(scenarios.user, "/");
  expect(await screen.findByTestId("nav-products")).toHaveAttribute("aria-current", "page");
  const parts = within(screen.getByRole("navigation", { name: "Sections" })).getAllByRole("link");
  expect(parts.map((link) => [link.textContent, link.getAttribute("aria-current")])).toEqual([
    ["Profile", null],
    ["Management", "page"],
    ["Support", null],
  ]);
});

it("the account menu tells who is signed in, for whom, in which roles", async () => {
  const { user } = open(scenarios.coordinator);
  await user.click(await screen.findByTestId("user-menu"));
  const menu = await screen.findByRole("dialog", { name: /Carl Okafor/ });
  expect(menu).toHaveTextContent("carl@smith.example");
  expect(menu).toHaveTextContent("Smith Ltd");
  expect(menu).toHaveTextContent("Software coordinator");
});

it("light and dark can be chosen and are kept", async () => {
  const { user } = open(scenarios.user, "/profile/appearance");
  await user.click(await screen.findByText("Dark"));
  expect(document.documentElement).toHaveAttribute("data-mantine-color-scheme", "dark");
  expect(localStorage.getItem("mantine-color-scheme-value")).toBe("dark");
  await user.click(screen.getByText("Light"));
  expect(document.documentElement).toHaveAttribute("data-mantine-color-scheme", "light");
});

it("an address without a page says so; so does one that is not permitted", async () => {
  open(scenarios.user, "/contracts");
  expect(await screen.findByRole("heading", { name: "There is nothing here" })).toBeVisible();
});

it("the drawer of narrow windows has both navigations", async () => {
  const { user } = open(scenarios.user);
  await user.click(await screen.findByTestId("nav-burger"));
  const drawer = await screen.findByRole("dialog", { name: "Pages" });
  expect(within(drawer).getByRole("link", { name: "Support" })).toBeVisible();
  await user.click(within(drawer).getByRole("link", { name: "Devices" }));
  expect(await screen.findByRole("heading", { name: "Devices" })).toBeVisible();
});

it("the skip link leads to the content", async () => {
  open(scenarios.user);
  expect(await screen.findByRole("link", { name: "Skip to the content" })).toHaveAttribute(
    "href",
    "#content",
  );
  expect(screen.getByRole("main")).toHaveAttribute("id", "content");
});

it("a sign-out elsewhere shows the sign-in page here", async () => {
  const { host } = open(scenarios.user);
  await screen.findByTestId("nav-products");
  act(() => host.tell({ kind: "signed_in", signed_in: false }));
  expect(await screen.findByTestId("sign-in-user")).toBeVisible();
});

it("a browser without a server says so and tries again", async () => {
  const { user, host } = open(scenarios["browser-user"], "/products", (early) =>
    early.breaks("me", failure("offline")),
  );
  expect(await screen.findByRole("alert")).toHaveTextContent("No connection to the server");
  host.breaks("me", null);
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByTestId("product-tile-zig")).toBeVisible();
});

it("contracts show who holds the seats", async () => {
  open(scenarios.coordinator, "/contracts");
  expect(await screen.findByText("3 of 10")).toBeVisible();
  expect(screen.getByRole("table", { name: "Contract SMI-2041" })).toHaveTextContent(
    /Martha Smith.*Uma Patel/,
  );
});

it("devices mark this computer, and tell admins whose they are", async () => {
  open(scenarios.coordinator, "/devices");
  expect(await screen.findByText("This computer")).toBeVisible();
  expect(screen.getByRole("columnheader", { name: "Person" })).toBeVisible();
});

it("an answer that is not of the API is told, and the frame stays", async () => {
  const strange = { ...scenarios.user, products: null as never };
  open(strange);
  expect(await screen.findByRole("alert")).toHaveTextContent("Something went wrong on our side");
  expect(screen.getByTestId("nav-devices")).toBeVisible();
});

it("a page that breaks takes nothing else with it", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const { user } = open({ ...scenarios.coordinator, contracts: [{ contract: "c" } as never] }, "/contracts");
  expect(await screen.findByRole("heading", { name: "This page stopped working" })).toBeVisible();
  await user.click(screen.getByTestId("nav-devices"));
  expect(await screen.findByRole("heading", { level: 1, name: "Devices" })).toBeVisible();
});
