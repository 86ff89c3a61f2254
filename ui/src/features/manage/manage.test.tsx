import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { update } from "@/testing/computer";
import { open } from "@/testing/render";
import { plainUser, scenarios } from "@/testing/scenarios";

const path = "/products/sample-studio";

it("an update tells what is new, what it takes, and that the version before is kept", async () => {
  const { user, pages } = open(scenarios.update, path);
  expect(await screen.findByTestId("whats-new")).toHaveTextContent("Templates for round rooms.");
  const panel = screen.getByRole("region", { name: "Update" });
  expect(panel).toHaveTextContent("4.8 MB");
  expect(panel).toHaveTextContent("Version 1.0.0 is kept");
  await user.click(screen.getByTestId("manage-update"));
  await waitFor(() => expect(pages.state.location.pathname).toBe("/products/sample-studio/install"));
});

it("an update that there is no room for is shown with the reason and what helps", async () => {
  const obstacle = {
    code: "disk_full" as const,
    message: "`/apps` needs 151.0 MB of free space and has 9.0 MB.",
    advice: "Make room.",
    retryable: false,
  };
  const stuck = { ...update, critical: true, installed_bytes: 0, peak_bytes: 0, free_bytes: 0, obstacle };
  open({ ...scenarios.update, updates: [stuck] }, path);
  const panel = await screen.findByRole("region", { name: "Update" });
  expect(await within(panel).findByText(obstacle.message)).toBeVisible();
  expect(panel).toHaveTextContent("Make room.");
  expect(panel).toHaveTextContent("Version 1.1.0");
  expect(panel).not.toHaveTextContent("0 B");
});

it("a restart that is still to come can be asked for, or left", async () => {
  const { user, host } = open(scenarios["restart-pending"], path);
  await user.click(await screen.findByTestId("restart-now"));
  await user.click(await screen.findByTestId("question-cancel"));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(host.asked).not.toContain("restartComputer");
});

it("a product is held for two weeks, and released again", async () => {
  const { user, host } = open(scenarios.update, path);
  await user.click(await screen.findByTestId("hold"));
  await user.click(await screen.findByRole("menuitem", { name: "For two weeks" }));
  expect(await screen.findByText(/Stays at 1\.0\.0 until \d+ \w+ \d{4}\./)).toBeVisible();
  expect(host.asked.some((asked) => asked.startsWith("holdProduct sample-studio 20"))).toBe(true);
  await user.click(screen.getByTestId("hold-release"));
  expect(host.asked).toContain("releaseHold sample-studio");
});

it("a day that has passed cannot be chosen for a hold", async () => {
  const { user } = open(scenarios.update, path);
  await user.click(await screen.findByTestId("hold"));
  await user.click(await screen.findByRole("menuitem", { name: "Until a day …" }));
  await user.type(await screen.findByTestId("hold-day"), "2020-01-01");
  expect(screen.getByText("Choose a day that is still to come.")).toBeVisible();
  expect(screen.getByTestId("hold-confirm")).toBeDisabled();
});

it("a version that fails to start offers the way back, on its tile and on its page", async () => {
  const { user, host, pages } = open(scenarios.crashing);
  await user.click(await screen.findByTestId("go-back-sample-studio"));
  expect(host.asked).toContain("rollBack sample-studio 1.0.0");
  await waitFor(() => expect(screen.queryByTestId("go-back-sample-studio")).toBeNull());
  await pages.navigate({ to: "/products/$product", params: { product: "sample-studio" } });
  await user.click(await screen.findByTestId("roll-back-1.1.0"));
  expect(host.asked).toContain("rollBack sample-studio 1.1.0");
});

it("a version that is here is kept, let go, and started beside the current one", async () => {
  const { user, host } = open(scenarios.crashing, path);
  const panel = await screen.findByRole("region", { name: "Versions here" });
  expect(within(panel).queryByText("Stays")).toBeNull();
  await user.click(screen.getByRole("button", { name: /^Keep version 1\.0\.0/ }));
  expect(host.asked).toContain("pinRelease sample-studio 1.0.0 true");
  expect(await within(panel).findByText("Stays")).toBeVisible();
  await user.click(screen.getByTestId("launch-1.0.0"));
  await waitFor(() => expect(host.asked).toContain("launchProduct sample-studio 1.0.0"));
  expect(screen.queryByTestId("launch-1.1.0")).toBeNull();
  await user.click(screen.getByTestId("pin-1.0.0"));
  expect(host.asked).toContain("pinRelease sample-studio 1.0.0 false");
  await waitFor(() => expect(within(panel).queryByText("Stays")).toBeNull());
});

it("files are listed before anything is repaired", async () => {
  const { user, host } = open(scenarios.installed, path);
  await user.click(await screen.findByTestId("examine"));
  expect(await screen.findByTestId("files-damaged")).toHaveTextContent("bin/sample-studio");
  expect(screen.getByTestId("files-missing")).toHaveTextContent("2 missing files");
  expect(screen.getByTestId("files-extra")).toHaveTextContent("notes.txt");
  expect(host.asked.some((asked) => asked.startsWith("repairProduct"))).toBe(false);
  await user.click(screen.getByRole("button", { name: "Repair 3 files" }));
  await waitFor(() => expect(host.asked).toContain('repairProduct sample-studio {"metered":false}'));
});

it("over a metered network a repair that fetches much is agreed to first", async () => {
  const { user, host } = open(scenarios["metered-repair"], path);
  await user.click(await screen.findByTestId("examine"));
  expect(await screen.findByText("Fetch 48.3 MB over it")).toBeVisible();
  expect(screen.getByTestId("repair")).toBeDisabled();
  await user.click(screen.getByTestId("accept-metered"));
  await user.click(screen.getByTestId("repair"));
  await waitFor(() => expect(host.asked).toContain('repairProduct sample-studio {"metered":true}'));
});

it("sound files need no repair", async () => {
  const sound = {
    ...scenarios.installed,
    examination: { damaged: [], unreadable: [], missing: [], extra: [], metered_bytes: null },
  };
  const { user } = open(sound, path);
  await user.click(await screen.findByTestId("examine"));
  expect(await screen.findByText("Every file is as it should be.")).toBeVisible();
  expect(screen.queryByTestId("repair")).toBeNull();
});

it("a file that cannot be read says so", async () => {
  const examination = { ...scenarios.installed.examination, unreadable: ["bin/sample-studio"] };
  const { user } = open({ ...scenarios.installed, examination }, path);
  await user.click(await screen.findByTestId("examine"));
  expect(await screen.findByTestId("files-damaged")).toHaveTextContent("bin/sample-studio – cannot be read");
});

it("a product is moved to a place that the computer offers", async () => {
  const { user, host } = open(scenarios.installed, path);
  await user.click(await screen.findByTestId("move"));
  expect(screen.getByTestId("move-confirm")).toBeDisabled();
  await user.click(await screen.findByRole("radio", { name: /media/ }));
  await user.click(screen.getByTestId("move-confirm"));
  await waitFor(() => expect(host.asked).toContain("moveProduct sample-studio disk"));
});

it("a place needs room for all versions that are here, unless it is on the same disk", async () => {
  const place = { folder: "/media/uma/Small", free_bytes: 200_000_000, needed_bytes: 341_000_000 };
  const same = { folder: "/home/uma/Apps", free_bytes: 1_000, needed_bytes: 0 };
  const places = [
    { id: "small", ...place },
    { id: "same", ...same },
  ];
  const { user } = open({ ...scenarios.installed, places }, path);
  await user.click(await screen.findByTestId("move"));
  expect(await screen.findByRole("radio", { name: /Small/ })).toBeDisabled();
  expect(screen.getByText(/^200\S* MB free; all versions together take 341\S* MB$/)).toBeVisible();
  expect(screen.getByRole("radio", { name: /Apps/ })).toBeEnabled();
});

it("a product is removed from its own page, too, after what goes and what stays was said", async () => {
  const { user, host } = open(scenarios.installed, path);
  await user.click(await screen.findByTestId("uninstall"));
  expect(await screen.findByRole("dialog")).toHaveTextContent("What stays");
  await user.click(screen.getByTestId("uninstall-confirm"));
  await waitFor(() => expect(host.asked).toContain("uninstallProduct sample-studio kept kept"));
});

it("the components lead to the choice among those of the installed version", async () => {
  const { user, pages } = open(scenarios.installed, path);
  const panel = await screen.findByRole("region", { name: "Components" });
  expect(within(panel).getByText("Templates")).toBeVisible();
  await user.click(screen.getByTestId("manage-components"));
  await waitFor(() => expect(pages.state.location.search).toEqual({ version: "1.0.0" }));
});

it("while something is done with the product, nothing else can be begun", async () => {
  open(scenarios.repairing, path);
  expect(within(await screen.findByTestId("manage")).getByText("Repairing")).toBeVisible();
  expect(screen.getByTestId("examine")).toBeDisabled();
  expect(screen.getByTestId("move")).toBeDisabled();
});

it("a product that is not installed says so", async () => {
  open(plainUser, path);
  expect(await screen.findByText("Not installed on this computer")).toBeVisible();
});
