import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { failure } from "@/testing/fake-host";
import { design, people, pilots } from "@/testing/groups";
import { open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

const admin = scenarios["browser-coordinator"];
const contract = "0192a000-0000-7000-8000-0000000000c1";
const ofDesign = `${contract} ${design.group} sample-studio`;
const limited = `${contract} sample-studio ${design.group}`;
const accountOf = (name: string) => people.find((person) => person.name === name)?.account ?? "";

/** Opens one of the questions about Sample Studio for the group Design. */
async function ask(act: string) {
  const opened = open(admin, `/groups?group=${design.group}`);
  await opened.user.click(await screen.findByTestId("terms-Design-sample-studio"));
  await opened.user.click(await screen.findByTestId(`terms-${act}`));
  await screen.findByRole("dialog");
  return opened;
}

const sentTo = (host: ReturnType<typeof open>["host"], operation: string) =>
  host.sent.filter((one) => one.operation === operation).map(({ body }) => body);

describe("the list", () => {
  it("tells how many people are in each group, and what it has set", async () => {
    open(admin, "/groups");
    const table = await screen.findByRole("table", { name: "Groups" });
    const row = within(table).getByText("Design").closest("tr");
    expect(row).toHaveTextContent("12");
    expect(row).toHaveTextContent(/Sample Studio.*Only 1\.0 · Held until/);
    expect(row).toHaveTextContent("Only 0.14.1 or >=0.15, <0.16");
    expect(within(table).getByText("Pilots").closest("tr")).toHaveTextContent("beta (1.2.0-beta.1)");
    expect(within(table).getByText("Workshop").closest("tr")).toHaveTextContent("Nothing: all versions");
  });

  it("says what groups are for where there is none, and a group is made from there", async () => {
    const { host, user, pages } = open(scenarios["browser-beginner"], "/groups");
    expect(await screen.findByText(/an early channel for a pilot/)).toBeVisible();
    await user.click(screen.getByTestId("group-add"));
    await user.type(await screen.findByTestId("group-name"), "  Workshop {Enter}");
    await waitFor(() => expect(sentTo(host, "addGroup")).toEqual([{ name: "Workshop" }]));
    await waitFor(() => expect(pages.state.location.search).toMatchObject({ group: expect.any(String) }));
  });

  it("takes no name twice, whatever its case", async () => {
    const { host, user } = open(admin, "/groups");
    await user.click(await screen.findByTestId("group-add"));
    await user.type(await screen.findByTestId("group-name"), "pilots{Enter}");
    expect(await screen.findByText("There is a group of this name already.")).toBeVisible();
    expect(sentTo(host, "addGroup")).toEqual([]);
  });

  it("says why it cannot be shown, and is asked again", async () => {
    const { host, user } = open(admin, "/groups", (fake) => fake.breaks("listGroups", failure("offline")));
    const again = await screen.findByRole("button", { name: "Try again" });
    host.breaks("listGroups", null);
    await user.click(again);
    expect(await screen.findByText("Pilots")).toBeVisible();
  });

  it("is of the contract that is chosen", async () => {
    const { host, user } = open(admin, "/groups");
    await user.selectOptions(await screen.findByTestId("groups-contract"), "Contract SMI-1877");
    await waitFor(() =>
      expect(host.asked.join()).toContain("listGroups 0192a000-0000-7000-8000-0000000000c2"),
    );
  });
});

it("nobody without the right sees the page", async () => {
  open(scenarios["browser-user"], "/groups");
  expect(await screen.findByRole("heading", { name: "There is nothing here" })).toBeVisible();
});

it("a contract that the person does not administer says so", async () => {
  const { host } = open(admin, "/groups?contract=another");
  expect(await screen.findByText("You do not administer this contract")).toBeVisible();
  expect(host.asked.join()).not.toContain("listGroups");
});

describe("a group", () => {
  it("is renamed", async () => {
    const { host, user } = open(admin, `/groups?group=${design.group}`);
    await user.click(await screen.findByTestId("group-actions"));
    await user.click(await screen.findByTestId("group-rename"));
    const field = await screen.findByTestId("group-name");
    await user.clear(field);
    await user.type(field, "Drawing{Enter}");
    await waitFor(() => expect(sentTo(host, "renameGroup")).toEqual([{ name: "Drawing" }]));
  });

  it("is deleted only after a question that says what its people lose", async () => {
    const { host, user } = open(admin, `/groups?group=${design.group}`);
    await user.click(await screen.findByTestId("group-actions"));
    await user.click(await screen.findByTestId("group-remove"));
    expect(await screen.findByTestId("group-remove-people")).toHaveTextContent("12 people are in it");
    const losses = within(screen.getByTestId("group-remove-losses")).getAllByRole("listitem");
    expect(losses.map((loss) => loss.textContent)).toEqual([
      expect.stringContaining("the list “1.0” ends"),
      expect.stringContaining("may be updated at once"),
      expect.stringContaining("Zig: the list"),
    ]);
    expect(host.asked).not.toContain(`removeGroup ${contract} ${design.group}`);
    host.breaks("removeGroup", failure("conflict", "the policy `Weekly` names this group"));
    await user.click(screen.getByTestId("group-remove-confirm"));
    expect(await screen.findByText("An update policy names this group")).toBeVisible();
    host.breaks("removeGroup", null);
    await user.click(screen.getByTestId("group-remove-confirm"));
    expect(await screen.findByRole("table", { name: "Groups" })).toBeVisible();
  });

  it("gets people by search, with the keyboard alone", async () => {
    const { host, user } = open(admin, `/groups?group=${design.group}`);
    const field = await screen.findByRole("combobox", { name: "Add a person" });
    await waitFor(() => expect(field).toBeEnabled());
    await user.type(field, "uma{ArrowDown}{Enter}");
    const added = `addGroupMember ${contract} ${design.group} ${accountOf("Uma Patel")}`;
    await waitFor(() => expect(host.asked).toContain(added));
    expect(await screen.findByText("Uma Patel is in Design.")).toBeVisible();
  });

  it("loses a person, who is put back by Undo", async () => {
    const { host, user } = open(admin, `/groups?group=${design.group}`);
    await user.click(await screen.findByRole("button", { name: "Remove Ida Lund" }));
    const who = `${contract} ${design.group} ${accountOf("Ida Lund")}`;
    await waitFor(() => expect(host.asked).toContain(`removeGroupMember ${who}`));
    const undo = await screen.findByTestId("change-undo");
    expect(undo).toHaveFocus();
    expect(screen.queryByRole("button", { name: "Remove Ida Lund" })).toBeNull();
    // The people of a contract may be very many: they are not asked for again for one of them.
    expect(host.asked.filter((asked) => asked.startsWith("listContractPeople"))).toHaveLength(1);
    await user.keyboard("{Enter}");
    await waitFor(() => expect(host.asked).toContain(`addGroupMember ${who}`));
    expect(await screen.findByText("Ida Lund is in Design.")).toBeVisible();
    expect(screen.getByRole("button", { name: "Remove Ida Lund" })).toBeVisible();
    expect(screen.getByTestId("change-undo")).toHaveFocus();
  });
});

describe("versions", () => {
  it("of a group are approved by ticks and lines, and what they lock is said before", async () => {
    const { host, user } = await ask("changeVersions");
    expect(await screen.findByTestId("version-1.0.0")).toBeChecked();
    expect(screen.getByTestId("versions-outcome")).toHaveTextContent("Locked: 1.2.0-beta.1, 1.1.0.");
    await user.click(screen.getByTestId("version-1.1.0"));
    expect(screen.getByTestId("versions-outcome")).toHaveTextContent("Locked: 1.2.0-beta.1.");
    await user.click(screen.getByTestId("question-confirm"));
    await waitFor(() => expect(sentTo(host, "limitGroupVersions")).toEqual([{ versions: ["1.1.0", "1.0"] }]));
    expect(host.asked).toContain(`limitGroupVersions ${limited}`);
  });

  it("of a group are all again when its list is lifted", async () => {
    const { host, user } = await ask("changeVersions");
    await user.click(screen.getByTestId("versions-all"));
    await user.click(screen.getByTestId("question-confirm"));
    await waitFor(() => expect(host.asked).toContain(`liftGroupVersions ${limited}`));
  });

  it("that no rule can mean are refused before they are sent", async () => {
    const { host, user } = await ask("changeVersions");
    const more = await screen.findByTestId("versions-more");
    await user.clear(more);
    await user.click(screen.getByTestId("question-confirm"));
    expect(await screen.findByText(/Approve at least one version/)).toBeVisible();
    await user.type(more, "newest");
    expect(await screen.findByText(/“newest” names no versions/)).toBeVisible();
    await user.click(screen.getByTestId("question-confirm"));
    expect(sentTo(host, "limitGroupVersions")).toEqual([]);
  });
});

it("the channel of a group is changed after it was said how many people it concerns", async () => {
  const { host, user } = await ask("changeChannel");
  expect(screen.getByText("This concerns 12 people.")).toBeVisible();
  await user.click(await screen.findByTestId("channel-beta"));
  expect(sentTo(host, "setGroupChannel")).toEqual([]);
  await user.click(screen.getByTestId("question-confirm"));
  await waitFor(() => expect(sentTo(host, "setGroupChannel")).toEqual([{ channel: "beta" }]));
});

it("a promotion names how many people get what, and what it approves", async () => {
  const { host, user } = await ask("promote");
  expect(screen.getByTestId("question-confirm")).toBeDisabled();
  await user.selectOptions(screen.getByTestId("promote-from"), "Pilots");
  const outcome = await screen.findByTestId("promote-outcome");
  expect(outcome).toHaveTextContent("Give 12 people of Design what Pilots runs?");
  expect(outcome).toHaveTextContent("Version 1.2.0-beta.1 is added to the approved versions.");
  expect(outcome).toHaveTextContent("The hold stays");
  await user.click(screen.getByTestId("question-confirm"));
  await waitFor(() => expect(sentTo(host, "promoteGroup")).toEqual([{ from: pilots.group }]));
});

describe("a hold", () => {
  it("shows its end and its reason, and is released", async () => {
    const { host, user } = open(admin, `/groups?group=${design.group}`);
    const release = await screen.findByTestId("hold-release");
    const hold = release.closest<HTMLElement>("[data-testid='group-hold']");
    expect(hold).toHaveTextContent(/Held until .* · The trade fair of November\./);
    host.answers("listGroups", { groups: [{ ...design, products: [] }] });
    await user.click(release);
    await waitFor(() => expect(host.asked).toContain(`releaseGroupHold ${ofDesign}`));
    await waitFor(() => expect(hold).toHaveTextContent("Not held"));
    await waitFor(() => expect(hold).toHaveFocus());
  });

  it("needs a day that is still to come, or none", async () => {
    const { host, user } = await ask("changeHold");
    const day = screen.getByTestId("hold-day");
    await user.clear(day);
    await user.type(day, "2020-01-31");
    expect(await screen.findByText("Choose a day that is still to come.")).toBeVisible();
    expect(screen.getByTestId("question-confirm")).toBeDisabled();
    await user.click(screen.getByTestId("hold-open"));
    await user.click(screen.getByTestId("question-confirm"));
    await waitFor(() =>
      expect(sentTo(host, "holdGroup")).toEqual([{ reason: "The trade fair of November." }]),
    );
  });
});

describe("the versions of a product", () => {
  it("are reached from what else can be done with it, by those who administer it only", async () => {
    const { user } = open(admin);
    await user.click(await screen.findByTestId("more-sample-studio"));
    await user.click(await screen.findByTestId("versions-sample-studio"));
    expect(await screen.findByRole("heading", { name: "Versions of Sample Studio" })).toBeVisible();
  });

  it("are no business of others", async () => {
    const { user } = open(scenarios["browser-user"]);
    await user.click(await screen.findByTestId("more-sample-studio"));
    expect(await screen.findByTestId("details-sample-studio")).toBeVisible();
    expect(screen.queryByTestId("versions-sample-studio")).toBeNull();
  });

  it("tell for whom each is locked, and why", async () => {
    open(admin, "/groups?product=sample-studio");
    const locked = await screen.findByTestId("locked-1.1.0");
    expect(locked).toHaveTextContent("Locked by the list of Design: only 1.0");
    expect(locked).not.toHaveTextContent("Tim Ho");
    expect(screen.getByTestId("locked-1.2.0-beta.1")).toHaveTextContent(
      "Locked by the list of Tim Ho: only 1.1.0",
    );
  });

  it("are limited for a person, and the limit is lifted and put back", async () => {
    const { host, user } = open(admin, "/groups?product=sample-studio");
    await user.click(await screen.findByTestId("list-lift"));
    const tim = `liftPersonVersions ${contract} sample-studio ${accountOf("Tim Ho")}`;
    await waitFor(() => expect(host.asked).toContain(tim));
    await user.click(await screen.findByTestId("change-undo"));
    await waitFor(() => expect(sentTo(host, "limitPersonVersions")).toEqual([{ versions: ["1.1.0"] }]));
    expect(await screen.findByText("Tim Ho has a list of their own again.")).toBeVisible();
    expect(screen.getByTestId("change-undo")).toHaveFocus();
    const field = screen.getByRole("combobox", { name: "Limit a person" });
    await user.type(field, "ben{ArrowDown}{Enter}");
    expect(await screen.findByRole("dialog", { name: "Sample Studio for Ben Ode" })).toBeVisible();
    await user.click(screen.getByTestId("versions-list"));
    await user.click(await screen.findByTestId("version-1.0.0"));
    await user.click(screen.getByTestId("question-confirm"));
    await waitFor(() => expect(sentTo(host, "limitPersonVersions")).toContainEqual({ versions: ["1.0.0"] }));
  });

  it("say why they cannot be shown, and are asked again", async () => {
    const { host, user } = open(admin, "/groups?product=sample-studio", (fake) =>
      fake.breaks("productVersions", failure("offline")),
    );
    const again = await screen.findByRole("button", { name: "Try again" });
    host.breaks("productVersions", null);
    await user.click(again);
    expect(await screen.findByTestId("locked-1.1.0")).toBeVisible();
  });
});
