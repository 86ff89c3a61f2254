import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { openLink } from "@/lib/open-link";
import { saveText } from "@/lib/save";
import { failure } from "@/testing/fake-host";
import { faults, open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

vi.mock("@/lib/open-link", () => ({ openLink: vi.fn<(link: string) => void>() }));
vi.mock("@/lib/save", () => ({ saveText: vi.fn<(name: string, type: string, text: string) => void>() }));

afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

const code = /hand-over=tch_/;

it("opens the program by a link of its own, and stays where it is", async () => {
  const { user, host, pages } = open(scenarios["browser-user"]);
  await user.click(await screen.findByTestId("install-sample-studio"));
  expect(await screen.findByText(/Toolcrib should open now/)).toBeVisible();
  expect(openLink).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(code));
  expect(host.asked).toContain("createHandOver");
  expect(pages.state.location.href).toBe("/products");
  expect(document.body.innerHTML).not.toMatch(code);
});

it("offers other ways once the program has had ten seconds", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { user } = open(scenarios["browser-user"]);
  await user.click(await screen.findByTestId("install-sample-studio"));
  await screen.findByText(/Toolcrib should open now/);
  expect(screen.queryByTestId("hand-over-ways")).toBeNull();
  act(() => void vi.advanceTimersByTime(10_000));
  const ways = await screen.findByTestId("hand-over-ways");
  expect(within(ways).getByText(/It signs you in once, until \d\d:\d\d/)).toBeVisible();
  expect(await faults()).toEqual([]);
  await user.click(screen.getByTestId("hand-over-copy"));
  expect(await navigator.clipboard.readText()).toMatch(code);
  await user.click(screen.getByTestId("hand-over-again"));
  await waitFor(() => expect(openLink).toHaveBeenCalledTimes(2));
});

it("saves a file for later, in which there is no code", async () => {
  const { user, host } = open(scenarios["browser-user"]);
  await user.click(await screen.findByTestId("save-sample-studio"));
  const [name, type, text] = vi.mocked(saveText).mock.calls[0] ?? [];
  expect([name, type]).toEqual(["Sample Studio 1.1.0.toolcrib", "application/x-toolcrib-invitation"]);
  expect(JSON.parse(text ?? "")).toEqual({
    schema: 1,
    server: window.location.origin,
    product: "sample-studio",
    version: "1.1.0",
  });
  expect(host.asked).not.toContain("createHandOver");
});

it("a refusal is told in the words of whoever refused, and nothing is opened", async () => {
  const words = "You have no seat for `sample-studio`. Ask Martha Smith (martha@smith.example).";
  const { user } = open(scenarios["browser-user"], "/products", (host) =>
    host.breaks("createHandOver", failure("no_seat", words)),
  );
  await user.click(await screen.findByTestId("install-sample-studio"));
  expect(await screen.findByRole("alert")).toHaveTextContent("Ask Martha Smith");
  expect(openLink).not.toHaveBeenCalled();
});

it("the page of one product hands over, too", async () => {
  const { user } = open(scenarios["browser-user"], "/products/sample-studio/install");
  await user.click(await screen.findByTestId("install-sample-studio"));
  await waitFor(() => expect(openLink).toHaveBeenCalledOnce());
});
