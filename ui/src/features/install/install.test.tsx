import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { installed, job, standardComponents } from "@/testing/computer";
import { failure, type World } from "@/testing/fake-host";
import { open } from "@/testing/render";
import { plainUser, scenarios } from "@/testing/scenarios";
import { nextAt } from "./next-time";

const path = "/products/sample-studio/install";
const bar = () => screen.findByTestId("job-progress");

it("shows the four sizes, and they follow the chosen components", async () => {
  const { user } = open(plainUser, path);
  expect(await screen.findByTestId("plan-fetch")).toHaveTextContent("52.8 MB");
  expect(screen.getByTestId("plan-installed")).toHaveTextContent("121.5 MB");
  expect(screen.getByTestId("plan-peak")).toHaveTextContent("129.5 MB");
  expect(screen.getByTestId("plan-free")).toHaveTextContent("82.4 GB");
  await user.click(screen.getByTestId("component-manual"));
  expect(await screen.findByText("61.3 MB")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Reset to recommended" }));
  expect(await screen.findByText("52.8 MB")).toBeVisible();
  expect(screen.getByTestId("component-core")).toBeDisabled();
});

it("installs only once the terms are accepted, with what was chosen", async () => {
  const { user, host } = open(plainUser, path);
  const install = await screen.findByTestId("plan-install");
  expect(install).toBeDisabled();
  expect(screen.getByTestId("plan-note")).toHaveTextContent("Accept the terms to go on.");
  await user.click(screen.getByRole("button", { name: "Read: Sample Studio Licence" }));
  expect(await screen.findByText(/without any warranty/)).toBeVisible();
  await user.keyboard("{Escape}");
  await user.click(screen.getByTestId("accept-terms"));
  await user.click(install);
  expect(await bar()).toHaveAttribute("data-state", "checking");
  expect(host.asked).toContain(
    'installProduct sample-studio {"version":"1.1.0","beside":false,"language":"en","components":null,"from":null,"adopt":null,"folder":null,"desktop_shortcut":null,"accept_texts":true,"despite_warnings":false,"allow_scripts":false,"metered":false,"not_before":null}',
  );
});

it("what is needed is named, with its terms among those to accept", async () => {
  const { user } = open(scenarios.needed, path);
  const needed = await screen.findByTestId("plan-needed");
  expect(needed).toHaveTextContent("Sample Fonts 3.2.0");
  expect(needed).toHaveTextContent("Sample Vendor, 7.2 MB to fetch, 18.5 MB on the disk");
  expect(screen.getByTestId("plan-fetch")).toHaveTextContent("60.0 MB");
  await user.click(screen.getByRole("button", { name: "Read: Sample Fonts: Font Licence" }));
  expect(await screen.findByText("Print what you like.")).toBeVisible();
  await user.keyboard("{Escape}");
  expect(
    screen.getByLabelText("I have read and accept: Sample Studio Licence, Sample Fonts: Font Licence"),
  ).not.toBeChecked();
});

it("scripts are shown, and run only when that is ticked", async () => {
  const world: World = {
    ...plainUser,
    plan: (product, options) => ({
      ...plainUser.plan(product, options),
      scripts: ["bin/setup --all"],
      texts: [],
    }),
  };
  const { user, host } = open(world, path);
  expect(await screen.findByText("bin/setup --all")).toBeVisible();
  expect(screen.getByTestId("allow-scripts")).not.toBeChecked();
  await user.click(screen.getByTestId("allow-scripts"));
  await user.click(screen.getByTestId("plan-install"));
  await bar();
  expect(host.asked.at(-1)).toContain('"allow_scripts":true');
});

it("what other products have, too, and what is for a language, says so", async () => {
  const world: World = {
    ...plainUser,
    plan: (product, options) => {
      const plan = plainUser.plan(product, options);
      const told = { shared_with: ["Pens"], languages: ["pt"] };
      const components = plan.components.slice(0, 1).map((item) => Object.assign({}, item, told));
      return Object.assign({}, plan, { components, shared_bytes: 6_000_000 });
    },
  };
  open(world, path);
  expect(await screen.findByText("shared with Pens")).toBeVisible();
  expect(screen.getByText("Portuguese")).toBeVisible();
  expect(screen.getByText(/6.0 MB of that lie on the disk already/)).toBeVisible();
});

it("a language that only components are for can be chosen, and stays chosen", async () => {
  const { user } = open({ ...plainUser, products: [] }, path);
  const select = await screen.findByTestId("plan-language");
  expect(
    within(select)
      .getAllByRole("option")
      .map(({ textContent }) => textContent),
  ).toEqual(["German", "English"]);
  await user.selectOptions(select, "German");
  expect(await screen.findByTestId("plan-language")).toHaveValue("de");
});

it("a version of another platform is not offered", async () => {
  open(plainUser, path);
  const options = within(await screen.findByTestId("plan-version")).getAllByRole("option");
  expect(options.map(({ textContent }) => textContent)).toEqual([
    "1.1.0 (recommended)",
    "1.0.5 (withdrawn)",
    "1.0.0",
  ]);
});

it("a warning makes it “Install anyway” and says what that means", async () => {
  const { user, host } = open(plainUser, "/products/zig/install");
  expect(await screen.findByText(/may not run as it should/)).toBeVisible();
  expect(screen.getByTestId("plan-warn")).toHaveTextContent("Memory");
  await user.click(screen.getByRole("button", { name: "Install anyway" }));
  await bar();
  expect(host.asked.at(-1)).toContain('"despite_warnings":true');
});

it("a requirement that is not met blocks the button and names it", async () => {
  open(plainUser, "/products/node/install");
  expect(await screen.findByTestId("plan-install")).toBeDisabled();
  expect(screen.getByText("Cannot be installed on this computer. Not met: Operating system.")).toBeVisible();
  const todo = screen.getByTestId("plan-fail");
  expect(within(todo).getAllByRole("listitem")).toHaveLength(1);
  expect(todo).toHaveTextContent(/^Operating system ./);
});

it("a plan that cannot be made says why", async () => {
  open(plainUser, path, (host) => host.breaks("planInstall", failure("untrusted_catalogue")));
  expect(await screen.findByRole("alert")).toHaveTextContent("The catalogue is not to be trusted");
});

it("an unfinished job is found again at the same address", async () => {
  const { host } = open(scenarios.running, path);
  const progress = await bar();
  expect(progress).toHaveAttribute("aria-valuenow", "44");
  expect(screen.getByText("3.4 MB/s")).toBeVisible();
  expect(screen.getByText("about 2 minutes left")).toBeVisible();
  expect(screen.getByText("share/studio/scenes/harbour.scene")).toBeVisible();
  expect(host.asked.some((asked) => asked.startsWith("planInstall"))).toBe(false);
});

it("pauses by way of “pausing”, resumes, and can be cancelled after a question", async () => {
  const { user, host } = open(scenarios.running, path);
  await user.click(await screen.findByTestId("job-pause"));
  expect(await screen.findByText("Pausing: finishing “share/studio/scenes/harbour.scene”")).toBeVisible();
  act(() => void host.move("sample-studio-1", { state: "paused" }));
  expect(await bar()).toHaveAttribute("data-state", "paused");
  await user.click(screen.getByTestId("job-resume"));
  expect(await bar()).toHaveAttribute("data-state", "downloading");
  await user.click(screen.getByTestId("job-cancel"));
  expect(host.asked.some((asked) => asked.startsWith("cancelJob"))).toBe(false);
  await user.click(await screen.findByTestId("job-cancel-confirm"));
  expect(await screen.findByText("Cancelled")).toBeVisible();
  expect(host.asked).toContain("cancelJob sample-studio-1 dropped");
});

it("what was fetched can be kept for later when a job is cancelled", async () => {
  const { user, host } = open(scenarios.paused, path);
  await user.click(await screen.findByTestId("job-cancel"));
  expect(await screen.findByRole("dialog")).toHaveTextContent("21.3 MB were fetched for it");
  await user.click(screen.getByTestId("job-cancel-keep"));
  await user.click(screen.getByTestId("job-cancel-confirm"));
  expect(host.asked).toContain("cancelJob sample-studio-1 kept");
});

it("a commit can be neither paused nor cancelled", async () => {
  open(scenarios.committing, path);
  expect(await bar()).toHaveAttribute("data-state", "committing");
  expect(screen.queryByTestId("job-pause")).toBeNull();
  expect(screen.queryByTestId("job-cancel")).toBeNull();
});

it("waiting says what it waits for", async () => {
  open(scenarios.waiting, path);
  expect(await screen.findByText("Waiting")).toBeVisible();
  expect(screen.getByTestId("job-cause")).toHaveTextContent("No network; trying again in 20 s");
});

it("a failure says what happened and what to do, and can be tried again", async () => {
  const { user, host } = open(scenarios.failed, `${path}?job=sample-studio-2`);
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("Not enough room on the disk");
  expect(alert).toHaveTextContent("Make room on this disk, then try again");
  await user.click(screen.getByTestId("job-resume"));
  expect(host.asked).toContain("resumeJob sample-studio-2");
});

it("success lists the components and offers to launch", async () => {
  const { host, user, pages } = open(scenarios.running, path);
  await bar();
  await user.click(screen.getByTestId("nav-jobs"));
  await user.click(await screen.findByRole("link", { name: "Sample Studio" }));
  await bar();
  act(() => {
    host.move("sample-studio-1", { state: "done", installed: standardComponents("1.1.0") });
    host.put([installed("sample-studio", "Sample Studio", { version: "1.1.0", restart_pending: true })]);
  });
  expect(await screen.findByText("Sample Studio is installed")).toBeVisible();
  expect(screen.getByTestId("install-support")).toHaveAttribute("href", "/support/connection");
  expect(screen.getByRole("region", { name: "Installed components" })).toHaveTextContent(
    /Core1\.1\.0 · 88\.0 MB.*Templates1\.1\.0 · 33\.5 MB/,
  );
  expect(screen.getByText(/Restart the computer/)).toBeVisible();
  expect(screen.getByTestId("install-done")).toHaveTextContent("Later");
  expect(screen.getByTestId("launch-sample-studio")).toBeEnabled();
  await user.click(screen.getByTestId("install-done"));
  expect(pages.state.location.pathname).toBe("/products");
});

it("restarts the computer once somebody said yes, and says why it was not", async () => {
  const { user, host } = open(scenarios["restart-pending"], `${path}?job=sample-studio-1`, (fake) =>
    fake.breaks("restartComputer", failure("launch_failed", "carl is signed in, too", "Close what is open.")),
  );
  await user.click(await screen.findByTestId("restart-now"));
  expect(await screen.findByRole("dialog")).toHaveTextContent("Open programs are closed");
  expect(host.asked).not.toContain("restartComputer");
  await user.click(screen.getByTestId("restart-confirm"));
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "The computer was not restartedCarl is signed in, too. Close what is open.",
  );
  host.breaks("restartComputer", null);
  await user.click(screen.getByTestId("restart-confirm"));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  expect(host.asked.filter((asked) => asked === "restartComputer")).toHaveLength(2);
});

it("another product's job does not show here", async () => {
  open({ ...plainUser, jobs: [job({ id: "zig-9", product: "zig", name: "Zig" })] }, path);
  expect(await screen.findByTestId("plan-install")).toBeVisible();
});

it("a browser cannot install and says what can", async () => {
  open(scenarios["browser-user"], path);
  expect(await screen.findByText("Install Sample Studio with the Toolcrib program")).toBeVisible();
});

it("over a metered network the plan asks, with the number of bytes", async () => {
  const { user, host } = open(scenarios.metered, "/products/sample-studio/install");
  await user.click(await screen.findByRole("checkbox", { name: /I have read/ }));
  expect(screen.getByTestId("plan-install")).toBeDisabled();
  expect(screen.getByTestId("plan-note")).toHaveTextContent("metered network");
  await user.click(screen.getByRole("checkbox", { name: "Fetch 52.8 MB over it" }));
  await user.click(screen.getByTestId("plan-install"));
  const asked = () => host.asked.find((line) => line.startsWith("installProduct"));
  await waitFor(() => expect(asked()).toContain('"metered":true'));
});

it("what was fetched for later says until when it waits, and can be installed now", async () => {
  const { user, host } = open(scenarios.later, "/products/sample-studio/install");
  expect(await screen.findByText(/^Waits until /)).toBeVisible();
  expect(screen.getByText(/No network is needed/)).toBeVisible();
  await user.click(screen.getByTestId("job-hurry"));
  expect(host.asked).toContain("hurryJob sample-studio-1");
  await waitFor(() => expect(screen.queryByTestId("job-hurry")).toBeNull());
});

it("a job under a limit says so", async () => {
  open(scenarios.limited, "/products/sample-studio/install");
  expect(await screen.findByText("at most 500.0 kB/s")).toBeVisible();
});

it("a product can be fetched now and installed at the next such time", async () => {
  const { user, host } = open(scenarios.user, "/products/zig/install");
  await user.click(await screen.findByTestId("plan-later"));
  expect(screen.getByTestId("plan-later-at")).toHaveValue("22:00");
  await user.click(screen.getByRole("button", { name: "Fetch now, install at 22:00" }));
  const asked = () => host.asked.find((line) => line.startsWith("installProduct")) ?? "";
  await waitFor(() => expect(asked()).toMatch(/"not_before":"20\d\d-/));
});

it("the next time is today or tomorrow", () => {
  const now = new Date(2026, 10, 22, 13, 5);
  expect(nextAt("22:00", now)).toEqual(new Date(2026, 10, 22, 22, 0));
  expect(nextAt("13:05", now)).toEqual(new Date(2026, 10, 23, 13, 5));
  expect(nextAt("08:00", new Date(2026, 11, 31, 9))).toEqual(new Date(2027, 0, 1, 8, 0));
  expect(nextAt("", now)).toBeNull();
});

it("a job that waits for another network can be let go on over a metered one", async () => {
  const { user, host } = open(scenarios["metered-job"], "/products/sample-studio/install");
  expect(await screen.findByTestId("job-cause")).toHaveTextContent("31.5 MB would be fetched");
  await user.click(screen.getByRole("button", { name: "Fetch it anyway" }));
  expect(host.asked).toContain("hurryJob sample-studio-1");
});
