import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { design } from "@/testing/groups";
import { open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

/** The versions of Sample Studio for the group Design, with one more that is not saved. */
async function begun() {
  const opened = open(scenarios["browser-coordinator"], `/groups?group=${design.group}`);
  const { user } = opened;
  await user.click(await screen.findByTestId("terms-Design-sample-studio"));
  await user.click(await screen.findByTestId("terms-changeVersions"));
  await user.type(await screen.findByTestId("versions-more"), "{Enter}1.1");
  return opened;
}

const gone = (testId: string) => waitFor(() => expect(screen.queryByTestId(testId)).toBeNull());

it("Escape asks before a list is lost, and a second one goes back to it", async () => {
  const { host, user } = await begun();
  await user.keyboard("{Escape}");
  await screen.findByTestId("unsaved-stay");
  await user.keyboard("{Escape}");
  await gone("unsaved-stay");
  expect(screen.getByTestId("versions-more")).toHaveValue("1.0\n1.1");

  await user.keyboard("{Escape}");
  await user.click(await screen.findByTestId("unsaved-leave"));
  await gone("versions-more");
  expect(host.asked.join()).not.toContain("limitGroupVersions");
});

it("Cancel says by itself that nothing is to be kept", async () => {
  const { user } = await begun();
  await user.click(screen.getByTestId("question-cancel"));
  await gone("versions-more");
  expect(screen.queryByTestId("unsaved-stay")).toBeNull();
});

it("a question that nobody answered yet closes at once", async () => {
  const { user } = open(scenarios["browser-coordinator"], "/groups");
  await user.click(await screen.findByTestId("group-add"));
  await screen.findByTestId("group-name");
  await user.keyboard("{Escape}");
  await gone("group-name");
  expect(screen.queryByTestId("unsaved-stay")).toBeNull();
});
