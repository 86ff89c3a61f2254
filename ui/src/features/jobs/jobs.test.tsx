import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
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

const places = async () =>
  (await screen.findAllByTestId(/^job-move-/)).map((handle) => handle.getAttribute("data-testid"));

it("the queue is reordered with the keyboard, and the new place is said", async () => {
  const { user, host } = open(scenarios.queue, "/jobs");
  expect(await places()).toEqual(["job-move-sample-studio-1", "job-move-zig-2", "job-move-node-3"]);
  screen.getByTestId("job-move-node-3").focus();
  await user.keyboard("{ArrowUp}");
  expect(host.asked).toContain("moveJob node-3 zig-2");
  expect(await screen.findByText("Node.js is now at place 2 of 3.")).toBeInTheDocument();
  expect(await places()).toEqual(["job-move-sample-studio-1", "job-move-node-3", "job-move-zig-2"]);
  await user.keyboard("{End}");
  expect(host.asked).toContain("moveJob node-3 -");
});

it("a job is dragged to another place of the queue", async () => {
  const { host } = open(scenarios.queue, "/jobs");
  const dataTransfer = { setData: () => {}, effectAllowed: "none" };
  fireEvent.dragStart(await screen.findByTestId("job-move-node-3"), { dataTransfer });
  fireEvent.drop(screen.getByTestId("job-sample-studio-1"), { dataTransfer });
  await waitFor(() => expect(host.asked).toContain("moveJob node-3 sample-studio-1"));
});

it("whoever waits says for what", async () => {
  open(scenarios.queue, "/jobs");
  const node = await screen.findByTestId("job-node-3");
  expect(within(node).getByTestId("job-cause")).toHaveTextContent("Waits for Zig, which has not begun yet");
});

it("everything is paused at once, and goes on at once", async () => {
  const { user, host } = open(scenarios.queue, "/jobs");
  await user.click(await screen.findByTestId("jobs-pause-all"));
  expect(host.asked).toContain("pauseAll");
  act(() => host.jobs.forEach(({ id }) => void host.move(id, { state: "paused" })));
  await user.click(await screen.findByTestId("jobs-resume-all"));
  expect(host.asked).toContain("resumeAll");
});

it("a job that stands still says whom it waits for", async () => {
  const { host } = open(scenarios.running, "/jobs");
  const running = await screen.findByTestId("job-sample-studio-1");
  expect(within(running).queryByTestId("job-cause")).toBeNull();
  const waiting_for = "Waiting for content.example, which sends nothing";
  act(() => void host.move("sample-studio-1", { progress: { ...job().progress, waiting_for } }));
  expect(within(running).getByTestId("job-cause")).toHaveTextContent(waiting_for);
  const disk = { ...job().progress, waiting_for: "Waiting for the disk, which is slow to write" };
  act(() => void host.move("sample-studio-1", { state: "committing", progress: disk }));
  expect(within(running).getByTestId("job-cause")).toHaveTextContent("Waiting for the disk");
});

it("a job that takes more than was said says why", async () => {
  const { host } = open(scenarios.running, "/jobs");
  const running = await screen.findByTestId("job-sample-studio-1");
  expect(within(running).queryByTestId("job-growth")).toBeNull();
  const growth = "Files that are here have changed: more is fetched than was said at first";
  act(() => void host.move("sample-studio-1", { progress: { ...job().progress, growth } }));
  expect(within(running).getByTestId("job-growth")).toHaveTextContent(`${growth}.`);
});

it("a repair says which other product it could not mend, too", async () => {
  const reason = "Pens has the same files and was being worked on: repair it, too (`toolcrib repair pens`)";
  open({ ...scenarios.installed, jobs: [job({ kind: "repair", state: "done", reason })] }, "/jobs");
  const ended = await screen.findByTestId("job-sample-studio-1");
  expect(ended).toHaveTextContent("Pens has the same files");
  expect(within(ended).getByText("toolcrib repair pens")).toBeVisible();
});

it.each([
  ["full-disk", "Waiting for room on the disk", "Free 116.9 MB on the disk at /home"],
  ["app-open", "Waiting until it is closed", "Close Sample Studio to go on"],
] as const)("%s: it is told what to do, and that it goes on by itself", async (name, stage, cause) => {
  open(scenarios[name], "/jobs");
  const row = await screen.findByTestId("job-sample-studio-1");
  expect(row).toHaveTextContent(stage);
  expect(within(row).getByTestId("job-cause")).toHaveTextContent(cause);
  expect(row).toHaveTextContent("It goes on by itself");
  expect(within(row).getByTestId("job-pause")).toBeEnabled();
  expect(within(row).getByTestId("job-cancel")).toBeEnabled();
});

it("a job that was gone back from has ended, and says to which release", async () => {
  open(scenarios["rolled-back"], "/jobs");
  const history = await screen.findByRole("region", { name: "Ended" });
  expect(history).toHaveTextContent("Rolled back");
  expect(history).toHaveTextContent("1.0.0 is the current release.");
  expect(within(history).queryByTestId("job-resume")).toBeNull();
});
