import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { carried } from "@/testing/fake-fetching";
import { failure } from "@/testing/fake-host";
import { faults, open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

const page = "/products/sample-studio/download";

it("a release is chosen with its size, and the page names no folder", async () => {
  const { user, host } = open(scenarios.coordinator, page);
  await user.selectOptions(await screen.findByTestId("download-version"), "1.0.0");
  expect(screen.getByTestId("download-size")).toHaveTextContent("58.0 MB in all.");
  await user.click(screen.getByTestId("download-start"));
  await waitFor(() =>
    expect(host.asked).toContain(
      'downloadProduct sample-studio {"version":"1.0.0","language":"en","platform":null,"metered":false}',
    ),
  );
  expect(await screen.findByTestId("job-progress")).toBeVisible();
});

it("what other computers need can be chosen, and is said to be for them alone", async () => {
  const { user, host } = open(scenarios.coordinator, page);
  const platform = await screen.findByTestId("download-platform");
  expect(platform).toHaveDisplayValue("Linux, 64-bit");
  expect(screen.queryByTestId("download-for-others")).toBeNull();
  await user.selectOptions(platform, "windows-x86_64");
  expect(screen.getByTestId("download-for-others")).toHaveTextContent("cannot be installed");
  expect(screen.getByTestId("download-size")).toHaveTextContent("63.0 MB in all.");
  await user.click(screen.getByTestId("download-start"));
  await waitFor(() =>
    expect(host.asked).toContain(
      'downloadProduct sample-studio {"version":"1.1.0","language":"en","platform":"windows-x86_64","metered":false}',
    ),
  );
});

it("a download for other computers is not installed from here", async () => {
  open(scenarios["downloaded-elsewhere"], `${page}?job=sample-studio-5`);
  expect(await screen.findByText(/Version 1.1.0 for Windows/)).toBeVisible();
  expect(screen.getByTestId("download-command")).toBeVisible();
  expect(screen.queryByTestId("download-install")).toBeNull();
});

it("a download can be paused, and its end shows the folder, the command and what to do", async () => {
  const { user, host } = open(scenarios.downloading, page);
  await user.click(await screen.findByTestId("job-pause"));
  expect(host.asked).toContain("pauseJob sample-studio-1");
  host.move("sample-studio-1", { state: "done" });
  expect(await screen.findByTestId("download-folder")).toHaveTextContent(
    "/home/uma/Downloads/Sample Studio 1.1.0",
  );
  const { fingerprint, server } = carried;
  const command = `toolcrib --server ${server} install sample-studio --from '/home/uma/Downloads/Sample Studio 1.1.0' --trust ${fingerprint}`;
  await waitFor(() => expect(screen.getByTestId("download-command")).toHaveTextContent(command));
  await user.click(screen.getByTestId("download-show"));
  expect(host.asked).toContain("showDownload sample-studio-1");
  expect(await faults()).toEqual([]);
});

it("installing from a download plans and installs with its files", async () => {
  const { user, host } = open(scenarios.downloaded, `${page}?job=sample-studio-4`);
  await user.click(await screen.findByTestId("download-install"));
  await user.click(await screen.findByRole("checkbox", { name: /I have read/ }));
  await user.click(await screen.findByTestId("plan-install"));
  await waitFor(() =>
    expect(host.asked.find((act) => act.startsWith("installProduct"))).toContain('"from":"sample-studio-4"'),
  );
});

it("where no catalogue lies beside a download, the command does without it", async () => {
  open({ ...scenarios.downloaded, carried: null }, `${page}?job=sample-studio-4`);
  const command = await screen.findByTestId("download-command");
  expect(command).toHaveTextContent(
    "toolcrib install sample-studio --from '/home/uma/Downloads/Sample Studio 1.1.0'",
  );
  expect(command).not.toHaveTextContent("--trust");
});

it("over a metered network it is fetched only when the person says so", async () => {
  const { user, host } = open(scenarios.coordinator, page, (fake) =>
    fake.breaks(
      "downloadProduct",
      failure("metered", "this network is metered, and 58.0 MB would be fetched over it"),
    ),
  );
  await user.click(await screen.findByTestId("download-start"));
  expect(await screen.findByRole("alert")).toHaveTextContent("58.0 MB would be fetched");
  host.breaks("downloadProduct", null);
  await user.click(screen.getByRole("button", { name: "Fetch it anyway" }));
  await waitFor(() => expect(host.asked.some((act) => act.includes('"metered":true'))).toBe(true));
});

it("a missing part is named before anything is installed", async () => {
  const { plan } = scenarios.downloaded;
  const world = {
    ...scenarios.downloaded,
    plan: (...asked: Parameters<typeof plan>) => ({ ...plan(...asked), missing_parts: ["part-0002.zip"] }),
  };
  open(world, "/products/sample-studio/install?from=sample-studio-4");
  expect(await screen.findByText(/Not in the folder: part-0002.zip/)).toBeVisible();
});

it("a download that failed says why, and goes on", async () => {
  const { user, host } = open(scenarios["download-failed"], `${page}?job=sample-studio-2`);
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("12.0 MB free");
  await user.click(screen.getByTestId("job-resume"));
  expect(host.asked).toContain("resumeJob sample-studio-2");
});

it("a folder that cannot be shown is told, and stays readable", async () => {
  const { user } = open(scenarios.downloaded, `${page}?job=sample-studio-4`, (host) =>
    host.breaks("showDownload", failure("launch_failed", "could not start `xdg-open`")),
  );
  await user.click(await screen.findByTestId("download-show"));
  expect(within(await screen.findByRole("alert")).getByText(/could not start/i)).toBeVisible();
  expect(screen.getByTestId("download-folder")).toBeVisible();
});

it("the portal has no such page: a browser cannot fill a folder", async () => {
  open(scenarios["browser-coordinator"], page);
  await waitFor(() => expect(screen.queryByTestId("download-start")).toBeNull());
  expect(await screen.findByRole("heading", { level: 1 })).not.toHaveTextContent("Download");
});
