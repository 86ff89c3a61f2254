import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { failure } from "@/testing/fake-host";
import { faults, open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

const page = "/support/connection";

it("other computers are left alone until the person switches it on, having read why", async () => {
  const { user, host } = open(scenarios.user, page);
  const toggle = await screen.findByTestId("peers-switch");
  await waitFor(() => expect(toggle).toBeEnabled());
  expect(toggle).not.toBeChecked();
  expect(screen.getByText(/your system may ask whether Toolcrib may be reached/)).toBeVisible();
  await user.click(toggle);
  expect(host.asked).toContain("setPeers true");
  await waitFor(() => expect(toggle).toBeChecked());
  expect(screen.getByText("What is installed here can be asked for now.")).toBeVisible();
  expect(await faults()).toEqual([]);
});

it("what the organisation decided cannot be switched, and what came from others is said", async () => {
  open(scenarios.peers, page);
  expect(await screen.findByText("Your organisation decided this.")).toBeVisible();
  expect(screen.getByTestId("peers-switch")).toBeDisabled();
  expect(screen.getByText("2.5 GB came from other computers instead of over the internet.")).toBeVisible();
});

it("a switch that cannot be set says so", async () => {
  const { user } = open(scenarios.user, page, (host) =>
    host.breaks("setPeers", failure("folder_unusable", "could not write `settings.json`")),
  );
  const toggle = await screen.findByTestId("peers-switch");
  await waitFor(() => expect(toggle).toBeEnabled());
  await user.click(toggle);
  expect(await screen.findByText(/could not write/i)).toBeVisible();
});

it("a job says from how many computers it comes", async () => {
  open(scenarios.peers, "/products/sample-studio/install");
  expect(await screen.findByText("from 2 computers on your network")).toBeVisible();
});
