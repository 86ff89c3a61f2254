import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { failure } from "@/testing/fake-host";
import { offer } from "@/testing/offer-worlds";
import { faults, open } from "@/testing/render";
import { plainUser, scenarios } from "@/testing/scenarios";

const path = "/products/sample-studio";

it("a release that was taken back says so with the vendor's reason, and leads to what takes its place", async () => {
  const { user, pages } = open(scenarios.withdrawn, path);
  const notice = await screen.findByRole("alert");
  expect(notice).toHaveTextContent("Sample Studio 1.0.5 was withdrawn by its vendor");
  expect(notice).toHaveTextContent("It could lose the last change of a scene.");
  expect(notice).toHaveTextContent("Update to 1.1.0.");
  expect(await faults()).toEqual([]);
  await user.click(screen.getByTestId("way-out-sample-studio"));
  await waitFor(() => expect(pages.state.location.pathname).toBe(`${path}/install`));
  expect(pages.state.location.search).toEqual({ version: "1.1.0" });
});

it("where nothing is offered in its place, it leads back to what is here", async () => {
  const { user, host } = open(scenarios["withdrawn-back"], path);
  await user.click(await screen.findByTestId("way-out-sample-studio"));
  expect(host.asked).toContain("rollBack sample-studio 1.0.0");
  await waitFor(() => expect(screen.queryByTestId("way-out-sample-studio")).toBeNull());
});

it("nobody is told that what was taken back is the newest that there is", async () => {
  open(scenarios["withdrawn-back"], path);
  const panel = await screen.findByRole("region", { name: "Update" });
  expect(await within(panel).findByText("There is no newer version that you may have.")).toBeVisible();
  expect(panel).not.toHaveTextContent("1.0.5 is the newest");
});

it("where there is no way yet, none is offered", async () => {
  const sentence = "Nothing takes its place yet; until then it goes on working.";
  const [gone] = scenarios.withdrawn.offers;
  const stuck = { ...gone, update: null, way_out: { way: "wait" as const, version: null, sentence } };
  open({ ...scenarios.withdrawn, offers: [stuck] }, path);
  expect(await screen.findByTestId("withdrawn-way")).toHaveTextContent(sentence);
  expect(screen.queryByTestId("way-out-sample-studio")).toBeNull();
});

it("among the versions here it is marked and not offered, also where the current one fails to start", async () => {
  open(scenarios["withdrawn-before"], path);
  const panel = await screen.findByRole("region", { name: "Versions here" });
  expect(await within(panel).findByText("Withdrawn")).toBeVisible();
  expect(panel).toHaveTextContent("1.0.5 was withdrawn by its vendor");
  expect(screen.queryByTestId("roll-back-1.0.5")).toBeNull();
  expect(screen.queryByRole("alert")).toBeNull();
});

it("on its tile it is marked, with what helps, and no way back leads to it", async () => {
  const first = open(scenarios.withdrawn);
  const tile = await screen.findByTestId("product-tile-sample-studio");
  expect(await within(tile).findByText("Withdrawn")).toBeVisible();
  expect(within(tile).getByTestId("withdrawn-way")).toHaveTextContent("Update to 1.1.0.");
  expect(within(tile).getAllByText("Install 1.1.0")).toHaveLength(1);
  expect(first.host.asked).toContain("offers");
});

it("a tile offers no way back to what was taken back", async () => {
  const { host } = open(scenarios["withdrawn-before"]);
  await screen.findByTestId("product-tile-sample-studio");
  await waitFor(() => expect(host.asked).toContain("offers"));
  await waitFor(() => expect(screen.queryByTestId("go-back-sample-studio")).toBeNull());
});

it("a tile tells the version that is offered to this computer, not the one that others get", async () => {
  const [installed] = scenarios["channels-fixed"].installed;
  const old = { ...installed, version: "1.0.0" };
  const none = { ...plainUser, installed: [old], offers: [offer({ installed: "1.0.0" })] };
  const { host } = open(none);
  await waitFor(() => expect(host.asked).toContain("offers"));
  await waitFor(() => expect(screen.queryByTestId("install-sample-studio")).toBeNull());
});

it("another channel is chosen after what it would mean was said", async () => {
  const { user, host } = open(scenarios.channels, path);
  expect(await screen.findByTestId("channel")).toHaveTextContent("Comes from the channel preview.");
  await user.click(screen.getByTestId("channel-change"));
  const dialog = await screen.findByRole("dialog");
  expect(dialog).toHaveTextContent(
    "1.2.0-beta.1 stays, and is updated once this channel has something newer.",
  );
  expect(dialog).toHaveTextContent("The next update is 1.2.0-beta.2.");
  expect(screen.getByTestId("channel-confirm")).toBeDisabled();
  expect(await faults()).toEqual([]);
  const asked = host.asked.filter((one) => one === "updates").length;
  await user.click(screen.getByRole("radio", { name: /^stable/ }));
  await user.click(screen.getByTestId("channel-confirm"));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(host.asked).toContain("chooseChannel sample-studio stable");
  await waitFor(() =>
    expect(screen.getByTestId("channel")).toHaveTextContent("Comes from the channel stable."),
  );
  expect(host.asked.filter((one) => one === "updates").length).toBeGreaterThan(asked);
});

it("a channel that somebody else chose is told with the reason, and not changed here", async () => {
  open(scenarios["channels-fixed"], path);
  const line = await screen.findByTestId("channel");
  expect(line).toHaveTextContent("Your company has put you on the channel");
  expect(screen.queryByTestId("channel-change")).toBeNull();
});

it("where there is one channel, nothing is said of it", async () => {
  const { host } = open(scenarios.installed, path);
  await screen.findByTestId("manage");
  await waitFor(() => expect(host.asked).toContain("channels sample-studio"));
  expect(screen.queryByTestId("channel")).toBeNull();
});

it("a choice that is refused says why and stays open", async () => {
  const { user, host } = open(scenarios.channels, path);
  await user.click(await screen.findByTestId("channel-change"));
  host.breaks("chooseChannel", failure("not_entitled", "Your company has put you on `preview`."));
  await user.click(await screen.findByRole("radio", { name: /^stable/ }));
  await user.click(screen.getByTestId("channel-confirm"));
  expect(await screen.findByRole("alert")).toHaveTextContent("Your company has put you on");
  expect(screen.getByRole("dialog")).toBeVisible();
});
