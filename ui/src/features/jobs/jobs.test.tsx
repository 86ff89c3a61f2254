import { act, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { job } from "@/testing/computer";
import { failure } from "@/testing/fake-host";
import { open } from "@/testing/render";
import { plainUser, scenarios } from "@/testing/scenarios";

it("running jobs stand apart from those that have ended", async () => {
  open(scenarios.running, "/jobs");
  const active = await screen.findByRole("region", { name: "In progress" });
  expect(within(active).getByTestId("job-progress")).toHaveAttribute("data-state", "downloading");
  const history = screen.getByRole("region", { name: "Ended" });
  expect(within(history).getAllByRole("listitem")).toHaveLength(2);
});

it("nothing in progress leads to the products", async () => {
  const { user } = open(plainUser, "/jobs");
  await user.click(await screen.findByRole("link", { name: "Choose a product" }));
  expect(await screen.findByTestId("product-tile-zig")).toBeVisible();
});

it("a failed job tells why, is tried again, and can be removed from the list", async () => {
  const { user, host } = open(scenarios.failed, "/jobs");
  const row = await screen.findByTestId("job-sample-studio-2");
  expect(row).toHaveTextContent("Not enough room on the disk");
  await user.click(within(row).getByRole("button", { name: /Remove from the list/ }));
  expect(screen.queryByTestId("job-sample-studio-2")).toBeNull();
  expect(host.asked).toContain("dismissJob sample-studio-2");
});

it("a request that is refused is told beside its job", async () => {
  const { user } = open(scenarios.running, "/jobs", (host) =>
    host.breaks("pauseJob", failure("unknown_job")),
  );
  await user.click(await screen.findByTestId("job-pause"));
  expect(await screen.findByRole("alert")).toHaveTextContent("No such job");
});

it("the strip follows the job on other pages, and goes with it", async () => {
  const { host } = open(scenarios.running, "/devices");
  expect(await screen.findByTestId("job-strip")).toHaveTextContent("44 %");
  act(() => void host.move("sample-studio-1", { progress: { ...job().progress, done_bytes: 90_000_000 } }));
  expect(screen.getByTestId("job-strip")).toHaveTextContent("51 %");
  act(() => void host.move("sample-studio-1", { state: "done" }));
  expect(screen.queryByTestId("job-strip")).toBeNull();
});
