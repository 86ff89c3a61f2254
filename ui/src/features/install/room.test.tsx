import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { World } from "@/testing/fake-host";
import { open } from "@/testing/render";
import { roomFor } from "@/testing/room";
import { plainUser } from "@/testing/scenarios";

const path = "/products/sample-studio/install";

/** A computer whose disk has so much free. */
function cramped(free: number): World {
  const planned: World["plan"] = (...asked) => {
    const base = plainUser.plan(...asked);
    return { ...base, ...roomFor(base.peak_bytes, free) };
  };
  return { ...plainUser, plan: planned };
}

it("too little room blocks the button and says how much is needed, until fewer components are chosen", async () => {
  const { user } = open(cramped(100_000_000), path);
  const short = /^Not enough room on \/: 129\.5 MB needed, 100\.0 MB free\./;
  expect(await screen.findByText(short)).toBeVisible();
  expect(screen.getByTestId("plan-volumes")).toHaveTextContent("129.5 MB needed, 100.0 MB free: too little");
  expect(screen.getByTestId("plan-install")).toBeDisabled();
  await user.click(screen.getByTestId("component-templates"));
  await waitFor(() => expect(screen.queryByText(short)).toBeNull());
  expect(screen.queryByTestId("plan-volumes")).toBeNull();
});

it("what is there of an earlier try needs no room again", async () => {
  const volumes = [{ mount: "/", needed_bytes: 29_500_000, free_bytes: 100_000_000, is_short: false }];
  const world: World = {
    ...plainUser,
    plan: (...asked) => ({
      ...plainUser.plan(...asked),
      needed_bytes: 29_500_000,
      free_bytes: 100_000_000,
      volumes,
      tells_volumes: false,
    }),
  };
  open(world, path);
  expect(await screen.findByText("100.0 MB of the peak are on the disk already.")).toBeVisible();
  expect(screen.queryByText(/Not enough room/)).toBeNull();
  expect(screen.queryByTestId("plan-volumes")).toBeNull();
});

it("several volumes are told of, each with what is needed there", async () => {
  const volumes = [
    { mount: "/apps", needed_bytes: 129_500_000, free_bytes: 1_000_000_000, is_short: false },
    { mount: "/home", needed_bytes: 1_048_576, free_bytes: 0, is_short: true },
  ];
  const world: World = {
    ...plainUser,
    plan: (...asked) => ({ ...plainUser.plan(...asked), volumes, tells_volumes: true }),
  };
  open(world, path);
  const rows = within(await screen.findByTestId("plan-volumes")).getAllByRole("listitem");
  expect(rows.map((row) => row.textContent)).toEqual([
    "/apps 129.5 MB needed, 1.0 GB free",
    "/home 1.0 MB needed, 0 B free: too little",
  ]);
  expect(screen.getByText(/^Not enough room on \/home/)).toBeVisible();
});
