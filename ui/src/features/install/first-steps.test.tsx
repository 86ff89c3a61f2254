import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { failure } from "@/testing/fake-host";
import { faults, open } from "@/testing/render";
import { plainUser, scenarios } from "@/testing/scenarios";

const path = "/products/sample-studio/install";
const row = () => screen.findByRole("navigation", { name: "First steps" });
const names = (within_: HTMLElement) =>
  within(within_)
    .getAllByRole("button")
    .map((button) => button.getAttribute("data-testid"));

it("an installation begins with four steps in their order, and the keyboard takes the same", async () => {
  const { user } = open(scenarios.tools, path);
  await screen.findByTestId("plan-install");
  const steps = ["first-requirements", "first-tools", "first-read-me", "first-install"];
  expect(names(await row())).toEqual(steps);
  act(() => screen.getByTestId("first-requirements").focus());
  for (const step of steps) {
    expect(screen.getByTestId(step)).toHaveFocus();
    await user.tab();
  }
});

it("a product without tools shows none", async () => {
  open(plainUser, path);
  await screen.findByTestId("plan-install");
  expect(names(await row())).toEqual(["first-requirements", "first-read-me", "first-install"]);
  expect(screen.queryByRole("region", { name: "Tools & utilities" })).toBeNull();
});

it("each step leads to its part of the page", async () => {
  const { user } = open(scenarios.tools, path);
  await screen.findByTestId("plan-install");
  await user.click(screen.getByTestId("first-requirements"));
  expect(screen.getByRole("region", { name: "Requirements" })).toHaveFocus();
  await user.click(screen.getByTestId("first-tools"));
  expect(screen.getByRole("region", { name: "Tools & utilities" })).toHaveFocus();
  await user.click(screen.getByTestId("first-install"));
  expect(screen.getByRole("region", { name: "Sizes" }), "the terms are not accepted yet").toHaveFocus();
  await user.click(screen.getByTestId("accept-terms"));
  await user.click(screen.getByTestId("first-install"));
  expect(screen.getByTestId("plan-install")).toHaveFocus();
});

it("a tool is not among the components, and is installed once it is ticked", async () => {
  const { user, host } = open(scenarios.tools, path);
  const tools = await screen.findByRole("region", { name: "Tools & utilities" });
  expect(within(tools).getAllByRole("checkbox")).toHaveLength(1);
  await user.click(screen.getByTestId("component-editor-support"));
  await waitFor(() => expect(screen.getByTestId("component-editor-support")).toBeChecked());
  await user.click(screen.getByTestId("accept-terms"));
  await waitFor(() => expect(screen.getByTestId("plan-install")).toBeEnabled());
  await user.click(screen.getByTestId("plan-install"));
  await waitFor(() =>
    expect(host.asked.at(-1)).toContain('"components":["core","templates","editor-support"]'),
  );
});

it("the read-me of the chosen release is asked for once somebody wants to read it", async () => {
  const { user, host } = open(plainUser, path);
  await screen.findByTestId("plan-install");
  expect(host.asked.some((asked) => asked.startsWith("readMe"))).toBe(false);
  await user.click(screen.getByTestId("first-read-me"));
  const dialog = await screen.findByRole("dialog", { name: "Read me: Sample Studio" });
  const text = await within(dialog).findByRole<HTMLTextAreaElement>("textbox");
  expect(text.value).toContain("draws plans from templates");
  expect(host.asked).toContain("readMe sample-studio 1.1.0 en");
  expect(await faults()).toEqual([]);
  await user.keyboard("{Escape}");
  await user.click(screen.getByTestId("first-read-me"));
  await screen.findByTestId("read-me-text");
  expect(host.asked.filter((asked) => asked.startsWith("readMe"))).toHaveLength(1);
});

it("markup in a read-me is text", async () => {
  const hostile = '<img src=x onerror="alert(1)"><b>Bold</b>';
  const world = {
    ...plainUser,
    readMe: (product: string, version: string | null) => ({
      ...plainUser.readMe(product, version),
      text: hostile,
    }),
  };
  const { user } = open(world, path);
  await user.click(await screen.findByTestId("first-read-me"));
  expect(await screen.findByTestId("read-me-text")).toHaveValue(hostile);
  expect(document.querySelector("img")).toBeNull();
});

it("what was replaced in a read-me is said", async () => {
  const { user } = open(scenarios["read-me-long"], path);
  await user.click(await screen.findByTestId("first-read-me"));
  expect(await screen.findByTestId("read-me-replaced")).toHaveTextContent("2 characters");
});

it("a release without a read-me says so", async () => {
  const { user } = open(scenarios["read-me-none"], path);
  await user.click(await screen.findByTestId("first-read-me"));
  expect(await screen.findByText("Sample Studio 1.1.0 brings no read-me")).toBeVisible();
});

it("one that is too large says where it can be read", async () => {
  const { user } = open(scenarios["read-me-large"], path);
  await user.click(await screen.findByTestId("first-read-me"));
  const dialog = await screen.findByRole("dialog");
  expect(await within(dialog).findByText("README.txt is larger than 1 MiB.")).toBeVisible();
  expect(within(dialog).getByText(/open the file in its folder/)).toBeVisible();
});

it("a read-me that cannot be had is said, and asked for again", async () => {
  const { user, host } = open(plainUser, path);
  await screen.findByTestId("plan-install");
  host.breaks("readMe", failure("server_unusable"));
  await user.click(screen.getByTestId("first-read-me"));
  const dialog = await screen.findByRole("dialog");
  const again = await within(dialog).findByRole("button", { name: "Try again" });
  host.breaks("readMe", null);
  await user.click(again);
  expect(await screen.findByTestId("read-me-text")).toBeVisible();
});

it("the read-me can be read where nothing can be planned", async () => {
  const { user } = open(plainUser, path, (host) => host.breaks("planInstall", failure("offline")));
  await waitFor(() => expect(screen.getByTestId("first-read-me")).toBeEnabled());
  expect(screen.getByTestId("first-install")).toBeDisabled();
  await user.click(screen.getByTestId("first-read-me"));
  expect(await screen.findByTestId("read-me-text")).toBeVisible();
});
