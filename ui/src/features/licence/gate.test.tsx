import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { failure, password } from "@/testing/fake-host";
import { open } from "@/testing/render";
import { scenarios, type ScenarioName } from "@/testing/scenarios";

async function launch(scenario: ScenarioName, breaks: Parameters<typeof open>[2] = () => {}) {
  const opened = open(scenarios[scenario], "/products", breaks);
  await opened.user.click(await screen.findByTestId("launch-sample-studio"));
  return { ...opened, dialog: await screen.findByRole("dialog") };
}

const started = "launchProduct sample-studio";

it("a first start asks for the privacy statement, then who it is, then starts", async () => {
  const { user, host, dialog } = await launch("first-launch");
  expect(await within(dialog).findByDisplayValue(/keeps what it needs to know/)).toBeVisible();
  await user.click(await screen.findByTestId("accept-privacy"));
  await user.click(await screen.findByTestId("continue-as"));
  await waitFor(() => expect(host.asked).toContain(started));
  expect(host.asked).toEqual(
    expect.arrayContaining(["acceptPrivacy 2026-11-22.2", "confirmIdentity sample-studio"]),
  );
});

it("nothing starts when the statement is not accepted, and nothing is called an error", async () => {
  const { user, host } = await launch("first-launch");
  await user.click(await screen.findByRole("button", { name: "Not now" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(host.asked).not.toContain(started);
  expect(screen.queryByRole("alert")).toBeNull();
});

it("after 30 days the password is asked for, and then it starts", async () => {
  const { user, host } = await launch("launch-due");
  expect(await screen.findByTestId("gate-user")).toHaveValue("uma@smith.example");
  await user.type(screen.getByTestId("gate-password"), `${password}{Enter}`);
  await waitFor(() => expect(host.asked).toContain(started));
});

it("a second step is asked for when the account has one", async () => {
  const { user } = await launch("launch-due", (host) =>
    host.breaks("verifyLicence", failure("second_step_needed")),
  );
  await user.type(await screen.findByTestId("gate-password"), `${password}{Enter}`);
  expect(await screen.findByTestId("gate-code")).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
});

it("in the last days the exact date is told before it starts", async () => {
  const { user, host } = await launch("launch-last-days");
  expect(await screen.findByTestId("gate-notice")).toHaveTextContent(
    /Works offline until 1 December 2026, 09:14/,
  );
  await user.click(screen.getByTestId("start-now"));
  await waitFor(() => expect(host.asked).toContain(started));
});

it("too many computers are named, and one of them is freed on the spot", async () => {
  const { user, host } = await launch("launch-devices");
  expect(await screen.findByText("lab-17")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Free uma-home" }));
  await waitFor(() => expect(host.asked).toContain(started));
  expect(host.asked).toContain("freeDevice sample-studio 019b0000-0000-7000-8000-000000000001");
});

it("without a seat the people who can give one are named, with words to send", async () => {
  await launch("launch-no-seat");
  const whom = await screen.findByTestId("whom-to-ask");
  expect(whom).toHaveTextContent("Carl Okafor (carl@smith.example)");
  expect(whom).toHaveTextContent("could you give me a seat for Sample Studio");
});

it("a lapsed product may be opened to look only, where its vendor allows that", async () => {
  const { user, host } = await launch("launch-read-only");
  expect(await screen.findByText(/Your files are safe: you can open them/)).toBeVisible();
  await user.click(screen.getByTestId("open-to-look"));
  await waitFor(() => expect(host.asked).toContain(started));
});

const refusals: readonly [ScenarioName, RegExp, RegExp][] = [
  ["launch-removed", /your seat was removed/, /the account service decides who has it/],
  ["launch-clock", /3 days 2 h behind/, /one contact with the account service settles it/],
  ["launch-contract", /The contract ended on 1 November/, /work for 15 days more/],
];

it.each(refusals)("%s tells the reason and the rule's words", async (scenario, reason, rule) => {
  const { dialog } = await launch(scenario);
  expect(await within(dialog).findByText(reason)).toBeVisible();
  expect(within(dialog).getByText(rule)).toBeVisible();
});

const carried: readonly [ScenarioName, boolean][] = [
  ["launch-read-only", true],
  ["launch-clock", true],
  ["launch-no-seat", false],
  ["launch-contract", false],
  ["launch-devices", false],
];

it.each(carried)("%s: a QR code or file is offered only where an answer could help", async (scenario, is) => {
  const { dialog } = await launch(scenario);
  await within(dialog).findByText("Find out what is in the way");
  expect(within(dialog).queryByTestId("without-network") !== null).toBe(is);
});

it("a refusal names no date at which it would end by itself", async () => {
  const { dialog } = await launch("launch-removed");
  await within(dialog).findByTestId("refusal");
  expect(within(dialog).queryByText("Next date")).toBeNull();
});
