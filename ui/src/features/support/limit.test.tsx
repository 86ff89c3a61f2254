import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { failure } from "@/testing/fake-host";
import { faults, open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";
import { choiceOf, draftOf, hasNoHours, isSound } from "./limit-draft";

const page = "/support/connection";

it("without a limit the field says so, and one is set in MB a second", async () => {
  const { user, host } = open(scenarios.user, page);
  const field = await screen.findByTestId("limit-usual");
  expect(field).toHaveAttribute("placeholder", "no limit");
  expect(screen.getByTestId("limit-now")).toHaveTextContent("as fast as it goes");
  expect(screen.getByTestId("limit-save")).toBeDisabled();
  await user.type(field, "2.5");
  await user.click(screen.getByTestId("limit-save"));
  expect(host.asked).toContain('setLimit {"usual_bytes_per_s":2500000,"hours":null}');
  await waitFor(() => expect(screen.getByTestId("limit-now")).toHaveTextContent("at most 2.5 MB/s"));
  expect(await faults()).toEqual([]);
});

it("hours with a limit of their own are shown, changed and taken away", async () => {
  const { user, host } = open(scenarios.limited, page);
  expect(await screen.findByTestId("limit-from")).toHaveValue("08:00");
  expect(screen.getByTestId("limit-in-hours")).toHaveValue("0.5");
  expect(screen.getByTestId("limit-now")).toHaveTextContent("at most 500.0 kB/s");
  await user.click(screen.getByTestId("limit-has-hours"));
  await user.click(screen.getByTestId("limit-save"));
  expect(host.asked).toContain('setLimit {"usual_bytes_per_s":null,"hours":null}');
});

it("what makes no sense cannot be set, and says why", async () => {
  const { user } = open(scenarios.user, page);
  await user.type(await screen.findByTestId("limit-usual"), "0.001");
  expect(await screen.findByText("At least 16.0 kB/s.")).toBeVisible();
  expect(screen.getByTestId("limit-save")).toBeDisabled();
});

it("a limit that cannot be set, or read, is told", async () => {
  const { user } = open(scenarios.limited, page, (host) =>
    host.breaks("setLimit", failure("folder_unusable", "could not write `settings.json`")),
  );
  await user.click(await screen.findByTestId("limit-has-hours"));
  await user.click(screen.getByTestId("limit-save"));
  expect(await screen.findByText(/could not write/i)).toBeVisible();
});

it("what the organisation set is shown and cannot be changed", async () => {
  open(scenarios["limited-by-policy"], page);
  expect(await screen.findByTestId("limit-by-policy")).toHaveTextContent("Set by your organisation");
  expect(screen.getByTestId("limit-in-hours")).toBeDisabled();
  expect(screen.getByTestId("limit-usual")).toBeDisabled();
  expect(screen.queryByTestId("limit-save")).toBeNull();
  expect(screen.getByTestId("limit-now")).toHaveTextContent("at most 500.0 kB/s");
  expect(await faults()).toEqual([]);
});

it("hours may go over midnight, but not end where they begin", () => {
  const draft = { ...draftOf({ usual_bytes_per_s: null, hours: null }), hasHours: true };
  const night = { ...draft, from: "22:00", to: "06:00", inHours: 1 };
  expect(isSound(night)).toBe(true);
  expect(choiceOf(night).hours).toEqual({ from: "22:00", to: "06:00", bytes_per_s: 1_000_000 });
  expect(hasNoHours({ ...draft, from: "06:00", to: "06:00" })).toBe(true);
  expect(isSound({ ...draft, from: "" })).toBe(false);
});
