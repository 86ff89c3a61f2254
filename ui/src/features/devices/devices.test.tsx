import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Device } from "@/api/types";
import { devices } from "@/testing/catalogue";
import { failure } from "@/testing/fake-host";
import { open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";
import { deviceTable } from "./device-table";

it("shows how each licence stands, and leads to the computer", async () => {
  const { user } = open(scenarios.coordinator, "/devices");
  const row = (await screen.findByTestId("device-d2")).closest("tr") as HTMLElement;
  expect(within(row).getByText(/taken offline until/)).toBeVisible();
  expect(within(row).getByText(/sign-in due/)).toBeVisible();
  await user.click(screen.getByTestId("device-d2"));
  expect(await screen.findByRole("heading", { level: 1, name: "uma-laptop" })).toBeVisible();
});

it("releases a product only after it was asked", async () => {
  const { user, host } = open(scenarios.coordinator, "/devices/d2");
  await user.click(await screen.findByTestId("release-zig"));
  expect(host.asked).not.toContain("releaseProduct d2 zig");
  await user.click(await screen.findByTestId("confirm-device-act"));
  expect(host.asked).toContain("releaseProduct d2 zig");
});

it("keeps the question open when releasing fails", async () => {
  const { user, host } = open(scenarios.coordinator, "/devices/d2");
  host.breaks("releaseProduct", failure("offline"));
  await user.click(await screen.findByTestId("release-zig"));
  await user.click(await screen.findByTestId("confirm-device-act"));
  expect(await screen.findByRole("alert")).toHaveTextContent("No connection to the server");
});

it("signs out from elsewhere", async () => {
  const { user, host } = open(scenarios.coordinator, "/devices/d2");
  await user.click(await screen.findByTestId("sign-out-device"));
  await user.click(await screen.findByTestId("confirm-device-act"));
  expect(host.asked).toContain("signOutDevice d2");
});

it("tells in the timeline what was refused, why, and who did what from elsewhere", async () => {
  open(scenarios.coordinator, "/devices/d2");
  expect(await screen.findByText("Zig: licence refused")).toBeVisible();
  expect(screen.getByText(/Release one of them/)).toBeVisible();
  expect(screen.getByText("Signed out from elsewhere, by Carl Okafor")).toBeVisible();
});

it("shows an admin which computers are ready for the products, and finds those that are not", async () => {
  const { user } = open(scenarios.coordinator, "/devices");
  const row = (await screen.findByTestId("device-d2")).closest("tr") as HTMLElement;
  expect(await within(row).findByText("Not ready")).toBeVisible();
  expect(within(row).getByText(/^Sample Studio · As of 7 hours ago$/)).toBeVisible();
  const old = screen.getByTestId("device-d3").closest("tr") as HTMLElement;
  expect(within(old).getByText(/may no longer be true/)).toBeVisible();
  await user.click(screen.getByRole("radio", { name: "Nothing told" }));
  expect(screen.queryByTestId("device-d2")).toBeNull();
  expect(screen.getByTestId("device-d1")).toBeVisible();
  await user.type(screen.getByTestId("devices-search"), "uma");
  expect(await screen.findByText("No computer matches")).toBeVisible();
  await user.click(screen.getByTestId("devices-show-all"));
  expect(await screen.findByTestId("device-d2")).toBeVisible();
});

it("shows on a computer's page what it lacks, what helps, and all that it told", async () => {
  const { user } = open(scenarios.coordinator, "/devices/d2");
  expect(await screen.findByText("Update the graphics driver to version 535 or newer.")).toBeVisible();
  expect(screen.getByTestId("facts-as-of")).toHaveTextContent(/^As of /);
  await user.click(screen.getByTestId("facts-show"));
  expect(screen.getByText("memory.total_bytes")).toBeVisible();
});

it("says where computers do not tell what they have, and nothing of it to those who may not see it", async () => {
  const { host } = open(scenarios.coordinator, "/devices/d2", (early) =>
    early.answers("factsSetting", { collected: false }),
  );
  expect(await screen.findByText(/has not switched that on/)).toBeVisible();
  expect(host.asked).not.toContain("listDeviceFacts");
});

it("says that a computer is gone", async () => {
  open(scenarios.user, "/devices/none");
  expect(await screen.findByText("There is no such computer")).toBeVisible();
});

function named(name: string): Device[] {
  return devices().filter((device) => device.name === name);
}

it("writes a row for each product on each computer", () => {
  const lines = deviceTable([...named("uma-laptop"), ...named("drafting-04")]).split("\r\n");
  expect(lines[0]).toMatch(/^computer,person,user_id,system,product/);
  expect(lines.slice(1).map((line) => line.split(",").slice(0, 5).join(","))).toEqual([
    "uma-laptop,Uma Patel,uma@smith.example,windows-x86_64,sample-studio",
    "uma-laptop,Uma Patel,uma@smith.example,windows-x86_64,zig",
    "drafting-04,Carl Okafor,carl@smith.example,linux-x86_64,sample-studio",
    "",
  ]);
});
