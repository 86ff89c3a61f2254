import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { failure } from "@/testing/fake-host";
import { faults, open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

const path = "/products/sample-studio/install";

it("what something else installed is taken over: what matches is shown, and only the rest is fetched", async () => {
  const { user, host } = open(scenarios["taking-over"]);
  await user.click(await screen.findByTestId("more-sample-studio"));
  await user.click(await screen.findByTestId("take-over-sample-studio"));
  await user.type(await screen.findByTestId("take-over-folder"), "/opt/studio{Enter}");
  expect(await screen.findByTestId("take-over-found")).toHaveTextContent(
    "50.0 MB of version 1.1.0 are here; 2.8 MB are to be fetched.",
  );
  expect(await faults()).toEqual([]);
  await user.click(screen.getByTestId("accept-terms"));
  await user.click(screen.getByTestId("plan-install"));
  await screen.findByTestId("job-progress");
  expect(host.asked.at(-1)).toContain('"adopt":"/opt/studio"');
});

it("says where nothing of the version is in the folder", async () => {
  const { user } = open(scenarios["taking-over"], path);
  await user.click(await screen.findByTestId("take-over"));
  await user.type(screen.getByTestId("take-over-folder"), "/opt/other{Enter}");
  expect(await screen.findByTestId("take-over-found")).toHaveTextContent("Nothing of version 1.1.0");
});

it("a folder that is not there is told, and can be left out again", async () => {
  const world = {
    ...scenarios["taking-over"],
    plan: (...[product, options]: Parameters<(typeof scenarios)["user"]["plan"]>) => {
      if (options.adopt) throw failure("folder_unusable", "there is no folder `/opt/gone`");
      return scenarios.user.plan(product, options);
    },
  };
  const { user } = open(world, `${path}?take_over=yes`);
  await user.type(await screen.findByTestId("take-over-folder"), "/opt/gone{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("There is no folder");
  await user.click(screen.getByTestId("take-over-not"));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  expect(screen.queryByTestId("take-over-folder")).toBeNull();
});

it("is not offered for what Toolcrib installed itself", async () => {
  open(scenarios.update, path);
  await screen.findByTestId("plan-install");
  expect(screen.queryByTestId("take-over")).toBeNull();
});

it("a chosen folder that holds the product already is taken over instead", async () => {
  const { user, host } = open(scenarios["holds-copy"], path);
  const folder = await screen.findByTestId("plan-folder");
  await user.clear(folder);
  await user.type(folder, "/opt/studio{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("holds a copy of");
  expect(await faults()).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Take it over" }));
  expect(await screen.findByTestId("take-over-found")).toHaveTextContent("50.0 MB of version 1.1.0 are here");
  expect(screen.getByTestId("take-over-folder")).toHaveValue("/opt/studio");
  expect(screen.getByTestId("plan-folder")).toHaveValue("/home/uma/.local/share/toolcrib/apps/sample-studio");
  await user.click(screen.getByTestId("accept-terms"));
  await user.click(screen.getByTestId("plan-install"));
  await screen.findByTestId("job-progress");
  expect(host.asked.at(-1)).toContain('"adopt":"/opt/studio","folder":null');
});
