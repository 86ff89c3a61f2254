import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { failure } from "@/testing/fake-host";
import { faults, open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

const button = () => screen.findByTestId("update-all");

it("lists what is installed by one click, what it takes, and what stays as it is and why", async () => {
  const { user, host } = open(scenarios.updates);
  await user.click(await button());
  const list = await screen.findByTestId("update-all-list");
  expect(list).toHaveTextContent("Sample Studio 1.0.0 → 1.1.04.8 MB");
  expect(list).toHaveTextContent("Altogether98.3 MB");
  const stays = screen.getByTestId("update-all-passed-over");
  expect(stays).toHaveTextContent("Its terms are to be accepted first");
  expect(stays).toHaveTextContent("You hold it at 1.4.2");
  expect(await faults()).toEqual([]);
  expect(host.asked.some((asked) => asked.startsWith("updateThese"))).toBe(false);
});

it("begins exactly what was listed, and leads to the jobs", async () => {
  const { user, host, pages } = open(scenarios.updates);
  await user.click(await button());
  await user.click(await screen.findByTestId("update-all-confirm"));
  expect(await screen.findByText("2 updates are being installed.")).toBeVisible();
  expect(host.asked).toContain("updateThese sample-studio,zig false");
  await user.click(screen.getByTestId("update-all-jobs"));
  await waitFor(() => expect(pages.state.location.pathname).toBe("/jobs"));
});

it("over a metered network it waits for a yes, and says what could not begin", async () => {
  const { user, host } = open(scenarios["updates-metered"]);
  await user.click(await button());
  const confirm = await screen.findByTestId("update-all-confirm");
  expect(confirm).toBeDisabled();
  expect(screen.getByRole("dialog")).toHaveTextContent("The computer is to be restarted afterwards.");
  await user.click(screen.getByTestId("accept-metered"));
  await user.click(confirm);
  expect(await screen.findByTestId("update-all-not-begun")).toHaveTextContent(
    /Zig.*12 MB free, and 93 MB are needed\. Make room there/,
  );
  expect(screen.getByText("1 update is being installed.")).toBeVisible();
  expect(host.asked).toContain("updateThese sample-studio,zig true");
});

it("where nothing can begin it only says why, and where to say yes", async () => {
  const { user, pages } = open(scenarios["updates-stuck"]);
  expect(await screen.findByText("2 updates wait")).toBeVisible();
  await user.click(await button());
  expect(screen.queryByTestId("update-all-confirm")).toBeNull();
  const stays = await screen.findByTestId("update-all-passed-over");
  await user.click(within(stays).getByRole("link", { name: "Read and accept: Node.js" }));
  await waitFor(() => expect(pages.state.location.pathname).toBe("/products/node/install"));
});

it("says nothing where everything is up to date", async () => {
  open(scenarios.installed);
  await screen.findByTestId("product-tile-sample-studio");
  expect(screen.queryByTestId("update-all")).toBeNull();
});

it("is not asked for in a browser", async () => {
  const { host } = open(scenarios["browser-user"]);
  await screen.findByTestId("product-tile-sample-studio");
  expect(host.asked).not.toContain("everything");
});

it("says what stood in the way of looking, and looks again", async () => {
  const { user, host } = open(scenarios.updates, "/products", (fake) =>
    fake.breaks("everything", failure("server_unusable", "the server answered 500")),
  );
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("The server answered 500.");
  host.breaks("everything", null);
  await user.click(within(alert).getByRole("button", { name: "Try again" }));
  expect(await button()).toHaveTextContent("Update all (2)");
});

it("leaves it to the page to say that there is no network", async () => {
  open(scenarios.updates, "/products", (fake) => fake.breaks("everything", failure("offline")));
  await screen.findByTestId("product-tile-sample-studio");
  expect(screen.queryByRole("alert")).toBeNull();
});
