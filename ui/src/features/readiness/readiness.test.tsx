import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { failure } from "@/testing/fake-host";
import { open } from "@/testing/render";
import { fleetCheck } from "@/testing/readiness";
import { scenarios } from "@/testing/scenarios";
import { parsed, ruleOf, textOf, written } from "./own-rules";
import { filterOf, namesIn, tabOf } from "./place";

const admin = scenarios["browser-coordinator"];
const check = fleetCheck.check;
const said = (key: string) => key;

describe("the board", () => {
  it("shows how many computers stand how, and leads to them", async () => {
    const { host, user } = open(admin, `/readiness/${check}`);
    expect(await screen.findByTestId("count-fail")).toHaveTextContent("9Not ready");
    await user.click(screen.getByTestId("count-fail"));
    await waitFor(() => expect(host.asked.join()).toContain(`listCheckedMachines ${check} fail`));
  });

  it("groups what is lacking, and a cause leads to its computers with what was measured", async () => {
    const { user } = open(admin, `/readiness/${check}`);
    const causes = await screen.findAllByTestId("cause");
    expect(causes[0]).toHaveTextContent("fails on 6 computers");
    await user.click(causes[0] as HTMLElement);
    expect(await screen.findByRole("heading", { name: "Graphics driver" })).toBeVisible();
    expect(await screen.findAllByText("470.256")).not.toHaveLength(0);
  });

  it("says why it cannot be shown, and is asked again", async () => {
    const { host, user } = open(admin, `/readiness/${check}`, (fake) =>
      fake.breaks("readinessBoard", failure("offline")),
    );
    const again = await screen.findByRole("button", { name: "Try again" });
    host.breaks("readinessBoard", null);
    await user.click(again);
    expect(await screen.findByTestId("count-pass")).toHaveTextContent("171");
  });
});

describe("accepting", () => {
  it("asks why before anything is accepted", async () => {
    const { host, user } = open(admin, `/readiness/${check}?tab=computers&rule=memory`);
    await user.click(await screen.findByTestId("cause-accept"));
    await user.click(await screen.findByTestId("accept-confirm"));
    expect(await screen.findByText("Say why it is accepted.")).toBeVisible();
    expect(host.asked).not.toContain(`acceptFinding ${check}`);
    await user.type(screen.getByTestId("accept-reason"), "Memory is ordered.");
    await user.click(screen.getByTestId("accept-confirm"));
    await waitFor(() => expect(host.asked).toContain(`acceptFinding ${check}`));
  });
});

describe("a new check", () => {
  it("is made of products and rules that a form writes as JSON", async () => {
    const { host, user } = open(admin, "/readiness/new");
    const create = await screen.findByTestId("check-create");
    expect(create).toBeDisabled();
    await user.type(screen.getByTestId("check-title"), "Autumn");
    await user.click(screen.getByTestId("rule-add"));
    expect(within(screen.getByTestId("own-rules")).getByText("Free disk space")).toBeVisible();
    expect(screen.getByTestId("rules-json")).toHaveValue(
      written([
        {
          id: "disk",
          text: "Free disk space",
          fix: "Free some space, or choose a larger volume.",
          minimum: { fact: "disk.free_bytes", at_least: "40 GB" },
        },
      ]),
    );
    await user.click(create);
    await waitFor(() => expect(host.asked).toContain("createReadinessCheck"));
  });
});

it("files are for the browser; the window says where to get them", async () => {
  const { user } = open(scenarios.coordinator, `/readiness/${check}`);
  await user.click(await screen.findByTestId("check-actions"));
  expect(await screen.findByText("Files are downloaded in the portal, in a browser.")).toBeVisible();
  expect(screen.queryByTestId("export-csv")).toBeNull();
});

it("a check is deleted only after a second question", async () => {
  const { host, user } = open(admin, `/readiness/${check}`);
  await user.click(await screen.findByTestId("check-actions"));
  await user.click(await screen.findByTestId("check-remove"));
  expect(host.asked).not.toContain(`removeReadinessCheck ${check}`);
  await user.click(await screen.findByTestId("check-end-confirm"));
  await waitFor(() => expect(host.asked).toContain(`removeReadinessCheck ${check}`));
});

describe("own rules", () => {
  it("get ids that no other rule has", () => {
    const first = ruleOf("port", 0, "8080", [], said as never);
    expect(first["id"]).toBe("port-8080");
    expect(ruleOf("port", 0, "8080", [first], said as never)["id"]).toBe("port-8080-2");
  });

  it("are a list of objects or nothing", () => {
    expect(parsed("")).toEqual([]);
    expect(parsed('[{"id":"a"}]')).toEqual([{ id: "a" }]);
    for (const bad of ["{}", "[1]", "[", "null"]) expect(parsed(bad)).toBeNull();
  });

  it("are shown by their English text", () => {
    expect(textOf({ id: "a", text: { de: "Speicher", en: "Memory" } })).toBe("Memory");
    expect(textOf({ id: "a" })).toBe("a");
  });
});

it("names are taken from whatever an inventory gives", () => {
  expect(namesIn('desk-1\r\n"desk-2", desk-3;;desk-1')).toEqual(["desk-1", "desk-2", "desk-3"]);
});

it("an address with unknown words shows the board of all computers", () => {
  expect(tabOf({ tab: "nothing" })).toBe("board");
  expect(filterOf({ state: "odd", change: "odd", product: "zig" })).toEqual({});
  expect(filterOf({ state: "fail", rule: "memory", product: "zig", name: "desk" })).toEqual({
    state: "fail",
    rule: "memory",
    product: "zig",
    name: "desk",
  });
});
