import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { failure, type FakeHost } from "@/testing/fake-host";
import { updatePolicies } from "@/testing/policies";
import { open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

const admin = scenarios["browser-coordinator"];
const sent = (host: FakeHost, operation: string) =>
  host.sent.filter((one) => one.operation === operation).map(({ body }) => body);
const put = (testId: string, value: string) =>
  fireEvent.change(screen.getByTestId(testId), { target: { value } });

it("a new policy is saved as it was written", async () => {
  const { host, user, pages } = open(admin, "/policies/new");
  await user.type(await screen.findByTestId("policy-name"), "Laptops");
  await user.selectOptions(screen.getByTestId("policy-cadence"), "Weekly");
  await user.click(screen.getByTestId("policy-product-zig"));
  put("policy-target", "0.15.1");
  await user.click(screen.getByTestId("policy-group-g1"));
  await user.click(screen.getByTestId("ring-add"));
  await user.selectOptions(screen.getByTestId("ring-group-0"), "Pilots");
  await user.click(screen.getByTestId("ring-add"));
  await user.selectOptions(screen.getByTestId("ring-group-1"), "Workshop");
  await user.click(screen.getByTestId("freeze-add"));
  put("freeze-from-0", "2026-12-18");
  put("freeze-to-0", "2027-01-03");
  await user.click(screen.getByTestId("policy-save"));
  await waitFor(() => expect(pages.state.location.pathname).toBe("/policies"));
  expect(sent(host, "addUpdatePolicy")).toEqual([
    {
      name: "Laptops",
      products: ["zig"],
      schedule: { cadence: "weekly", day: "thursday", time: "20:00:00" },
      target: "0.15.1",
      groups: ["g1"],
      people: [],
      rings: [
        { group: "g2", delay_days: 0 },
        { group: "g3", delay_days: 7 },
      ],
      freezes: [{ from: "2026-12-18", to: "2027-01-03" }],
    },
  ]);
});

it("people are named one by one", async () => {
  const { host, user } = open(admin, "/policies/new");
  await user.type(await screen.findByTestId("policy-name"), "Uma");
  await user.type(screen.getByTestId("policy-people"), "Uma");
  await user.click(await screen.findByText("Uma Patel (uma@smith.example)"));
  await user.click(screen.getByTestId("policy-disabled"));
  await user.click(screen.getByTestId("policy-save"));
  await waitFor(() => expect(sent(host, "addUpdatePolicy")).toHaveLength(1));
  const [body] = sent(host, "addUpdatePolicy");
  expect(body).toMatchObject({ people: ["0192a000-0000-7000-8000-00000000000a"] });
  expect(body).not.toHaveProperty("schedule");
});

it("who is named is called by name", async () => {
  open(admin, "/policies/p3");
  expect(await screen.findByText("Uma Patel (uma@smith.example)")).toBeVisible();
  expect(screen.queryByText(/0192a000/)).toBeNull();
});

it("who has left the contract is told without an id", async () => {
  const policies = updatePolicies.map(({ rule, ...policy }) => ({
    ...policy,
    rule: { ...rule, people: ["0192a000-0000-7000-8000-0000000000ff"] },
  }));
  open(admin, "/policies/p3", (fake) => fake.answers("listUpdatePolicies", { policies }));
  expect(await screen.findByText("Somebody who has left the contract")).toBeVisible();
  expect(screen.queryByText(/0192a000/)).toBeNull();
});

it("the preview is there before anything is saved, with reasons and computers", async () => {
  const { host, user } = open(admin, "/policies/new");
  expect(await screen.findByText(/Choose whom the policy is for/)).toBeVisible();
  await user.click(screen.getByTestId("policy-group-g1"));
  expect(await screen.findByTestId("preview-headline")).toHaveTextContent(
    "31 computers Thursday 25 November, 20:00, 7 later, 12 held, 4 up to date",
  );
  expect(sent(host, "previewUpdatePolicy").at(-1)).toMatchObject({
    rule: { groups: ["g1"] },
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const causes = screen.getAllByTestId("preview-cause");
  expect(causes[2]).toHaveTextContent("The group Workshop is held without an end.");
  await user.click(causes[2] as HTMLElement);
  expect(screen.getByText("render-01.office.smith.example")).toBeVisible();
  expect(screen.queryByText("uma-laptop")).toBeNull();
  expect(screen.getByText("1 of them is listed.")).toBeVisible();
  expect(sent(host, "addUpdatePolicy")).toEqual([]);
});

it("a preview that fails says so, and is asked again", async () => {
  const { host, user } = open(admin, "/policies/p1", (fake) =>
    fake.breaks("previewUpdatePolicy", failure("offline")),
  );
  const again = await screen.findByRole("button", { name: "Try again" });
  host.breaks("previewUpdatePolicy", null);
  await user.click(again);
  expect(await screen.findByTestId("preview-headline")).toBeVisible();
  expect(sent(host, "previewUpdatePolicy")[0]).toMatchObject({ policy: "p1" });
});

it("Save waits, and says for what", async () => {
  const { user } = open(admin, "/policies/new");
  const save = await screen.findByTestId("policy-save");
  expect(save).toBeDisabled();
  expect(save).toHaveAccessibleDescription("Give the policy a name.");
  await user.type(screen.getByTestId("policy-name"), "office COMPUTERS");
  await user.tab();
  expect(screen.getByTestId("policy-name")).toHaveAccessibleDescription(
    "Another policy of this contract has this name.",
  );
  await user.clear(screen.getByTestId("policy-name"));
  await user.type(screen.getByTestId("policy-name"), "Laptops");
  expect(save).toHaveAccessibleDescription("Choose at least one group, ring or person.");
  await user.click(screen.getByTestId("policy-group-g1"));
  expect(save).toBeEnabled();
  put("policy-target", "1.0.0");
  expect(screen.getByTestId("policy-target")).toBeInvalid();
  expect(save).toBeDisabled();
});

it("a policy is changed, and nothing that was written is lost when that is refused", async () => {
  const { host, user, pages } = open(admin, "/policies/p1", (fake) =>
    fake.breaks("changeUpdatePolicy", failure("conflict", "There is an update policy of this name already.")),
  );
  const save = await screen.findByTestId("policy-save");
  expect(save).toHaveAccessibleDescription("Nothing has been changed.");
  await user.selectOptions(screen.getByTestId("policy-day"), "Friday");
  put("policy-age", "21");
  await user.click(save);
  expect(await screen.findByText(/There is an update policy of this name already/)).toBeVisible();
  expect(screen.getByTestId("policy-day")).toHaveValue("friday");
  host.breaks("changeUpdatePolicy", null);
  await user.click(save);
  await waitFor(() => expect(pages.state.location.pathname).toBe("/policies"));
  expect(sent(host, "changeUpdatePolicy").at(-1)).toMatchObject({
    name: "Office computers",
    schedule: { cadence: "monthly", day: "friday", minimum_age_days: 21 },
  });
});
