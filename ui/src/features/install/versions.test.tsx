import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { open } from "@/testing/render";
import { plainUser, scenarios } from "@/testing/scenarios";

const path = "/products/sample-studio/install";

it("a version that was taken back is shown with the reason, and cannot be chosen", async () => {
  open(plainUser, path);
  const versions = await screen.findByTestId("plan-version");
  expect(within(versions).getByRole("option", { name: "1.0.5 (withdrawn)" })).toBeDisabled();
  expect(screen.getByTestId("withdrawn-versions")).toHaveTextContent(
    "Version 1.0.5 was withdrawn by its vendor: It could lose the last change of a scene.",
  );
});

it("the channel can be changed where the version is chosen, and the plan follows", async () => {
  const { user, host } = open({ ...plainUser, channels: scenarios.channels.channels }, path);
  await user.click(await screen.findByTestId("channel-change"));
  await user.click(await screen.findByRole("radio", { name: /^stable/ }));
  const plans = host.asked.filter((one) => one.startsWith("planInstall")).length;
  await user.click(screen.getByTestId("channel-confirm"));
  await waitFor(() =>
    expect(host.asked.filter((one) => one.startsWith("planInstall")).length).toBeGreaterThan(plans),
  );
});
