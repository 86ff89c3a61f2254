import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { ProductEntitlement } from "@/api/types";
import { granted } from "@/testing/catalogue";
import { failure } from "@/testing/fake-host";
import { packageFiles } from "@/testing/package-files";
import { faults, open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";
import { packageFor, versionChoices } from "@/lib/releases";
import { platformOf } from "./choice";

const page = "/products/sample-studio/files";
const [studio] = granted() as [ProductEntitlement];
const asked = (version: string, platform: string, language: string) =>
  `packageFiles sample-studio ${version} ${platform} ${language}`;

it("the recommended release for the computer at hand is offered with its script, its command and its files", async () => {
  const { host } = open(scenarios["browser-user"], page);
  const script = await screen.findByTestId("files-script");
  expect(script).toHaveAttribute("download", "sample-studio-1.1.0-linux-x86_64-en.sh");
  expect(script.getAttribute("href")).toContain("/1.1.0/linux-x86_64/en/download.sh?ticket=");
  expect(screen.getByTestId("files-run")).toHaveTextContent("sh ./sample-studio-1.1.0-linux-x86_64-en.sh");
  expect(screen.getByTestId("files-install")).toHaveTextContent(
    /^toolcrib --server .* --trust [0-9a-f]{64}$/,
  );
  expect(screen.getByTestId("files-total")).toHaveTextContent("16 files, 61.4 MB in all.");
  expect(screen.getByTestId("file-part-0001.zip")).toHaveAttribute("download", "part-0001.zip");
  expect(screen.getByTestId("file-catalogue/metadata/timestamp.json")).toHaveAttribute(
    "download",
    "timestamp.json",
  );
  expect(host.asked).toContain(asked("1.1.0", "linux-x86_64", "en"));
  expect(await faults()).toEqual([]);
});

it("another version, platform or language can be chosen, and stays in the address", async () => {
  const { user, host, pages } = open(scenarios["browser-user"], page);
  await user.selectOptions(await screen.findByTestId("files-platform"), "windows-x86_64");
  await waitFor(() => expect(host.asked).toContain(asked("1.1.0", "windows-x86_64", "en")));
  await user.selectOptions(screen.getByTestId("files-platform"), "linux-x86_64");
  await user.selectOptions(await screen.findByTestId("files-language"), "de");
  await waitFor(() => expect(host.asked).toContain(asked("1.1.0", "linux-x86_64", "de")));
  await user.selectOptions(screen.getByTestId("files-version"), "1.0.0");
  await waitFor(() => expect(host.asked).toContain(asked("1.0.0", "linux-x86_64", "en")));
  expect(pages.state.location.search).toMatchObject({ version: "1.0.0", platform: "linux-x86_64" });
});

it("a withdrawn version is shown, cannot be chosen, and says why", async () => {
  open(scenarios["browser-user"], page);
  const versions = await screen.findByTestId("files-version");
  expect(within(versions).getByRole("option", { name: "1.0.5 (withdrawn)" })).toBeDisabled();
  expect(screen.getByText(/It could lose the last change/)).toBeVisible();
});

it("the script for Windows is one click away", async () => {
  const { user } = open(scenarios["browser-user"], page);
  await user.click(within(await screen.findByTestId("files-shell")).getByText("Windows"));
  expect(screen.getByTestId("files-script")).toHaveAttribute(
    "download",
    "sample-studio-1.1.0-linux-x86_64-en.ps1",
  );
  expect(screen.getByTestId("files-run")).toHaveTextContent("powershell -ExecutionPolicy Bypass -File");
});

it("links that have ended are no links any more, and are renewed", async () => {
  const old = packageFiles({
    product: "sample-studio",
    version: "1.1.0",
    platform: "linux-x86_64",
    language: "en",
  });
  const { user, host } = open(scenarios["browser-user"], page, (early) =>
    early.answers("packageFiles", { ...old, expires_at: new Date(Date.now() - 1000).toISOString() }),
  );
  expect(await screen.findByText("These links have ended")).toBeVisible();
  expect(screen.queryByTestId("file-part-0001.zip")).toBeNull();
  host.answers("packageFiles", old);
  await user.click(screen.getByTestId("files-renew"));
  expect(await screen.findByTestId("file-part-0001.zip")).toBeVisible();
});

it("a large product shows its first files, and all when asked", async () => {
  const { user } = open(scenarios["browser-user"], page, (early) =>
    early.answers("packageFiles", packageFiles({ product: "sample-studio", version: "1.1.0" }, 300)),
  );
  await user.click(await screen.findByTestId("files-all"));
  expect(screen.getByTestId("file-part-0300.zip")).toBeInTheDocument();
});

it("a refusal is said in the words of the service", async () => {
  open(scenarios["browser-user"], page, (early) =>
    early.breaks("packageFiles", failure("conflict", "The vendor has withdrawn it: it loses files.")),
  );
  expect(await screen.findByRole("alert")).toHaveTextContent("it loses files");
  expect(screen.queryByTestId("files-script")).toBeNull();
});

it("a product that was not granted has nothing to fetch", async () => {
  open(scenarios["browser-user"], "/products/draft/files");
  expect(await screen.findByText(/has not been granted to you/)).toBeVisible();
});

it("the window has no such page: it downloads into a folder itself", async () => {
  open(scenarios.user, page);
  expect(await screen.findByRole("heading", { name: "There is nothing here" })).toBeVisible();
});

it.each([
  [{}, "linux-x86_64", "1.1.0 linux-x86_64 en"],
  [{}, "macos-aarch64", "1.1.0 linux-x86_64 en"],
  [{ language: "de" }, "linux-x86_64", "1.1.0 linux-x86_64 de"],
  [{ language: "de" }, "windows-x86_64", "1.1.0 windows-x86_64 en"],
  [{ version: "1.0.0", platform: "windows-x86_64" }, "linux-x86_64", "1.0.0 linux-x86_64 en"],
  [{ version: "<script>", platform: "../..", language: "x" }, "linux-x86_64", "1.1.0 linux-x86_64 en"],
] as const)("of %o on %s the package is %s", (wish, here, expected) => {
  const found = packageFor(studio, wish, here);
  expect(`${found?.version} ${found?.platform} ${found?.language}`).toBe(expected);
});

it("versions are listed with the newest first, withdrawn and locked ones among them", () => {
  const locked = [{ version: "2.0.0", platform: "any", language: "en" }];
  const choices = versionChoices({ ...studio, locked });
  expect(choices.map(({ version, standing }) => [version, standing])).toEqual([
    ["2.0.0", "locked"],
    ["1.1.0", "open"],
    ["1.0.5", "withdrawn"],
    ["1.0.0", "open"],
  ]);
});

it("a version that the company has not approved is shown, cannot be chosen, and says why", async () => {
  const locked = [{ version: "2.0.0", platform: "any", language: "en" }];
  const scenario = scenarios["browser-user"];
  const limited = { ...scenario, products: [{ ...studio, locked, approved: ["1", ">=3, <4"] }] };
  open(limited, page);
  const versions = await screen.findByTestId("files-version");
  expect(within(versions).getByRole("option", { name: "2.0.0 (locked)" })).toBeDisabled();
  expect(screen.getByTestId("locked-version")).toHaveTextContent(/has approved only 1 or >=3, <4 for you/);
});

it.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "windows-x86_64"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "macos-aarch64"],
  ["Mozilla/5.0 (X11; Linux x86_64)", "linux-x86_64"],
  ["Mozilla/5.0 (X11; Linux aarch64)", "linux-aarch64"],
])("%s runs on %s", (name, expected) => {
  expect(platformOf(name)).toBe(expected);
});
