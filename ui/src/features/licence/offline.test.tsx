import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

const path = "/products/sample-studio/licence";

it("a request is one QR code, and a file that can be carried", async () => {
  const { user, host } = open(scenarios.installed, path);
  await user.click(await screen.findByTestId("make-request"));
  const made = await screen.findByTestId("request-made");
  expect(within(made).getByRole("img", { name: "The request as a QR code" })).toBeVisible();
  expect(made).toHaveTextContent("sample-studio-request.txt");
  expect(host.asked).toContain("requestOffline sample-studio renew");
});

it("releasing says first that the licence is given up here", async () => {
  const { user } = open(scenarios.installed, path);
  await user.click(await screen.findByText("Release"));
  expect(screen.getByText(/gives the licence up on this computer/)).toBeVisible();
});

it("an answer that is pasted is taken in", async () => {
  const { user, host } = open(scenarios.installed, path);
  await user.type(await screen.findByTestId("answer-text"), "toolcrib-answer.v4");
  await user.click(screen.getByTestId("import-answer"));
  expect(host.asked).toContain("importAnswer toolcrib-answer.v4");
});

it("the timeline tells what happened, by which rule, and the next date", async () => {
  open(scenarios.installed, path);
  const timeline = await screen.findByTestId("licence-timeline");
  const entries = await within(timeline).findAllByRole("listitem");
  expect(entries[0]).toHaveTextContent("The licence was renewed");
  expect(entries[0]).toHaveTextContent("Next date");
  expect(entries[1]).toHaveTextContent("no_seat");
});

it("a product is taken offline until a day, and brought back early", async () => {
  const { user, host } = open(scenarios.installed, path);
  await user.type(await screen.findByTestId("offline-until"), "2026-12-24");
  await user.click(screen.getByTestId("take-offline"));
  expect(await screen.findByText(/Taken offline until/)).toBeVisible();
  await user.click(screen.getByTestId("return-early"));
  expect(host.asked).toContain("takeOffline sample-studio -");
});
