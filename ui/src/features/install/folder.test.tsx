import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { failure, type World } from "@/testing/fake-host";
import { open } from "@/testing/render";
import { plainUser } from "@/testing/scenarios";

const path = "/products/sample-studio/install";

it("goes into the folder that was typed, and without a shortcut where none is wanted", async () => {
  const { user, host } = open(plainUser, path);
  const folder = await screen.findByTestId("plan-folder");
  expect(folder).toHaveValue("/home/uma/.local/share/toolcrib/apps/sample-studio");
  expect(screen.queryByTestId("plan-folder-usual")).not.toBeInTheDocument();
  await user.clear(folder);
  await user.type(folder, "/srv/studio{Enter}");
  expect(await screen.findByTestId("plan-folder-usual")).toBeVisible();
  await user.click(await screen.findByTestId("desktop-shortcut"));
  await waitFor(() => expect(screen.getByTestId("desktop-shortcut")).not.toBeChecked());
  await user.click(screen.getByTestId("accept-terms"));
  await user.click(screen.getByTestId("plan-install"));
  await screen.findByTestId("job-progress");
  expect(host.asked.at(-1)).toContain('"folder":"/srv/studio","desktop_shortcut":false');
});

it("a folder that the organisation set is shown with the reason, and not changed here", async () => {
  const world: World = {
    ...plainUser,
    plan: (product, options) => ({
      ...plainUser.plan(product, options),
      folder: "/opt/products/sample-studio",
      folder_by_policy: true,
    }),
  };
  const { user } = open(world, path);
  const folder = await screen.findByTestId("plan-folder");
  expect(folder).toHaveValue("/opt/products/sample-studio");
  await waitFor(() => expect(folder).toHaveAttribute("readonly"));
  expect(folder).toBeEnabled();
  expect(folder).toHaveAccessibleDescription(/Set by your organisation/);
  await user.type(folder, "elsewhere{Enter}");
  expect(folder).toHaveValue("/opt/products/sample-studio");
  expect(screen.queryByTestId("plan-folder-usual")).not.toBeInTheDocument();
});

it("a folder that will not do can be changed where it was typed", async () => {
  const world: World = {
    ...plainUser,
    plan: (product, options) => {
      if (options.folder === "apps") throw failure("folder_unusable");
      return plainUser.plan(product, options);
    },
  };
  const { user } = open(world, path);
  const folder = await screen.findByTestId("plan-folder");
  await user.clear(folder);
  await user.type(folder, "apps{Enter}");
  expect(await screen.findByRole("alert")).toBeVisible();
  await user.click(screen.getByTestId("plan-folder-usual"));
  expect(await screen.findByTestId("plan-install")).toBeVisible();
});
