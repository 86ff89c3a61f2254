import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { faults, open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";
import { browserWayFor, waysFor } from "./ways";

it.each([
  ["install_now", "install_now", "download_now", true],
  ["download_now", "download_now", "install_now", true],
  ["browser_download", "install_now", "download_now", false],
] as const)("whose usual way is %s gets %s as the button", (usual, main, other, recommended) => {
  expect(waysFor(usual)).toEqual({ main, others: [other], recommended });
});

it("a user is recommended to install, and reaches the download with the keyboard", async () => {
  const { user, pages } = open(scenarios.user);
  expect(await screen.findByTestId("install-sample-studio")).toHaveTextContent("Install now");
  expect(screen.getByTestId("product-tile-sample-studio")).toHaveTextContent("Recommended");
  screen.getByTestId("ways-sample-studio").focus();
  await user.keyboard("{Enter}");
  const item = await screen.findByTestId("download-sample-studio");
  expect(item).toHaveTextContent("Download now");
  expect(item).toHaveTextContent("Fetches it into a folder");
  expect(await faults()).toEqual([]);
  await user.keyboard("{ArrowDown}{Enter}");
  expect(pages.state.location.pathname).toBe("/products/sample-studio/download");
});

it("an admin of several seats is recommended to download, and may install", async () => {
  const { user } = open(scenarios.coordinator);
  expect(await screen.findByTestId("download-sample-studio")).toHaveTextContent("Download now");
  await user.click(screen.getByTestId("ways-sample-studio"));
  expect(await screen.findByTestId("install-sample-studio")).toHaveTextContent("Install now");
});

it("the details offer the same ways, in the window only", async () => {
  const { user, pages } = open(scenarios.coordinator, "/products?details=zig");
  await user.click(await screen.findByTestId("ways-zig-drawer"));
  await user.click(await screen.findByTestId("install-zig-drawer"));
  expect(pages.state.location.pathname).toBe("/products/zig/install");
});

it("a browser offers what only the program can do through the program", async () => {
  open(scenarios["browser-coordinator"], "/products?details=zig");
  expect(await screen.findByRole("dialog")).toHaveTextContent("Zig");
  expect(screen.queryByTestId("ways-zig-drawer")).toBeNull();
});

it.each([
  ["install_now", "install_now"],
  ["download_now", "browser_download"],
  ["browser_download", "browser_download"],
] as const)("whose usual way is %s gets %s first in a browser", (usual, first) => {
  expect(browserWayFor(usual)).toBe(first);
});

it("in a browser a user is recommended to install, and reaches the files with the keyboard", async () => {
  const { user, pages } = open(scenarios["browser-user"]);
  expect(await screen.findByTestId("install-sample-studio")).toBeVisible();
  expect(screen.getByTestId("product-tile-sample-studio")).toHaveTextContent("Recommended");
  screen.getByTestId("ways-sample-studio").focus();
  await user.keyboard("{Enter}");
  expect(await screen.findByTestId("files-sample-studio")).toHaveTextContent("Browser download");
  expect(await faults()).toEqual([]);
  await user.keyboard("{ArrowDown}{Enter}");
  expect(pages.state.location.pathname).toBe("/products/sample-studio/files");
});

it("in a browser an admin of several seats gets the files first, and may install", async () => {
  const { user } = open(scenarios["browser-coordinator"]);
  const tile = await screen.findByTestId("product-tile-sample-studio");
  expect(screen.getByTestId("files-sample-studio")).toHaveAttribute("href", "/products/sample-studio/files");
  expect(tile).toHaveTextContent("Recommended");
  expect(tile).toHaveTextContent("toolcrib install sample-studio");
  await user.click(screen.getByTestId("ways-sample-studio"));
  await user.click(await screen.findByTestId("choose-install-sample-studio"));
  expect(await screen.findByTestId("install-sample-studio")).toBeVisible();
  expect(tile).not.toHaveTextContent("Recommended");
});

it("what is in no channel any more is had by its files only", async () => {
  const [studio, ...others] = scenarios["browser-user"].products;
  const left = Object.assign({}, studio, { version: null, default_action: "browser_download" } as const);
  open({ ...scenarios["browser-user"], products: [left, ...others] });
  expect(await screen.findByTestId("files-sample-studio")).not.toHaveAttribute("data-disabled");
});

it("what is installed keeps its own buttons, and its menu leads to the download", async () => {
  const { user } = open(scenarios.installed);
  expect(await screen.findByTestId("launch-sample-studio")).toBeVisible();
  expect(screen.queryByTestId("ways-sample-studio")).toBeNull();
  await user.click(screen.getByTestId("more-sample-studio"));
  expect(await screen.findByTestId("download-sample-studio")).toBeVisible();
});
