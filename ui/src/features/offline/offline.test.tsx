import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { failure } from "@/testing/fake-host";
import { open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

const request = "toolcrib-request.v4.public.abc";

it("answers a request that was pasted, as a file and as a QR code", async () => {
  const { user, host } = open(scenarios["browser-coordinator"], "/offline");
  await user.click(await screen.findByTestId("offline-answer"));
  expect(screen.getByText("Choose the request's file, or paste its text.")).toBeVisible();
  expect(host.asked).not.toContain("answerOffline");
  await user.type(screen.getByTestId("offline-request"), request);
  await user.click(screen.getByTestId("offline-answer"));
  expect(await screen.findByTestId("offline-reply")).toHaveTextContent("press-4");
  expect(screen.getByRole("img", { name: "The answer as a QR code" })).toBeVisible();
  expect(screen.getByTestId("offline-save")).toBeVisible();
});

it("takes the request from a file", async () => {
  const { user } = open(scenarios["browser-coordinator"], "/offline");
  await screen.findByTestId("offline-answer");
  const input = document.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) throw new Error("no place for a file");
  await user.upload(input, new File([request], "studio.toolcrib-request"));
  expect(await screen.findByDisplayValue(request)).toBeVisible();
});

it("asks for the password and the code only when the service does", async () => {
  const { user, host } = open(scenarios.user, "/offline");
  host.breaks("answerOffline", failure("verification_needed"));
  await user.type(await screen.findByTestId("offline-request"), request);
  expect(screen.queryByTestId("offline-password")).toBeNull();
  await user.click(screen.getByTestId("offline-answer"));
  await user.type(await screen.findByTestId("offline-password"), "sample-Pass-1");
  host.breaks("answerOffline", failure("second_step_needed"));
  await user.click(screen.getByTestId("offline-answer"));
  await user.type(await screen.findByTestId("offline-code"), "123456");
  host.breaks("answerOffline", null);
  await user.click(screen.getByTestId("offline-answer"));
  expect(await screen.findByTestId("offline-reply")).toBeVisible();
});

it("says what is wrong with a request", async () => {
  const { user, host } = open(scenarios.user, "/offline");
  host.breaks(
    "answerOffline",
    failure("invalid", "This request cannot be answered: its signature is not good."),
  );
  await user.type(await screen.findByTestId("offline-request"), "something else");
  await user.click(screen.getByTestId("offline-answer"));
  expect(await screen.findByRole("alert")).toHaveTextContent("its signature is not good");
});
