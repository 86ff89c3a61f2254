import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { failure } from "@/testing/fake-host";
import { open } from "@/testing/render";
import { scenarios } from "@/testing/scenarios";

const tile = (product: string) => screen.findByTestId(`product-tile-${product}`);

const urgency = (item: HTMLElement) => item.querySelector("[data-urgency]")?.getAttribute("data-urgency");

it("a user sees what was granted, with version, grounds and end, but no seats", async () => {
  open(scenarios.user);
  const studio = await tile("sample-studio");
  expect(studio).toHaveTextContent("Version 1.1.0");
  expect(studio).toHaveTextContent("You have a seat");
  expect(studio).toHaveTextContent("Contract SMI-2041");
  expect(studio).not.toHaveTextContent("seats assigned");
  expect(await tile("node")).toHaveTextContent("You have no seat");
});

it("a coordinator sees seats and support level too", async () => {
  open(scenarios.coordinator);
  const studio = await tile("sample-studio");
  expect(studio).toHaveTextContent("3 of 10 seats assigned");
  expect(studio).toHaveTextContent("Advanced support");
});

it("an end is amber from 45 days on and red from 4", async () => {
  open(scenarios.user);
  expect(urgency(await tile("sample-studio"))).toBe("calm");
  expect(urgency(await tile("zig"))).toBe("amber");
  expect(urgency(await tile("node"))).toBe("red");
});

it("without a grant it says whom to ask", async () => {
  open(scenarios.empty);
  expect(await screen.findByText("Nothing has been granted to you yet")).toBeVisible();
  const card = screen.getByRole("region", { name: "Your administrators" });
  expect(within(card).getByRole("link", { name: "carl@smith.example" })).toBeVisible();
});

it.each([
  ["sample-studio", "pass", "Ready for this computer"],
  ["zig", "warn", "Will run, with 1 warning"],
  ["node", "fail", "Not ready: 1 requirement not met"],
])("the verdict on %s is %s, before the button", async (product, verdict, words) => {
  open(scenarios.user);
  await tile(product);
  await waitFor(() =>
    expect(screen.getByTestId(`product-verdict-${product}`)).toHaveAttribute("data-verdict", verdict),
  );
  expect(screen.getByTestId(`product-verdict-${product}`)).toHaveTextContent(words);
});

it("a verdict folds out to what was measured, what is needed and what helps", async () => {
  const { user } = open(scenarios.user);
  const button = await screen.findByRole("button", { name: /Requirements of Node.js/ });
  await user.click(button);
  expect(button).toHaveAttribute("aria-expanded", "true");
  const verdict = screen.getByTestId("product-verdict-node");
  expect(verdict).toHaveTextContent("Measured: glibc 2.28");
  expect(verdict).toHaveTextContent("Needed: glibc 2.31");
  expect(verdict).toHaveTextContent("Update to Debian 11");
});

it("the search is kept in the address and can be cleared", async () => {
  const { user, pages } = open(scenarios.user);
  await user.type(await screen.findByLabelText("Search products"), "zig");
  await waitFor(() => expect(screen.queryByTestId("product-tile-node")).toBeNull());
  expect(pages.state.location.search).toEqual({ q: "zig" });
  await user.type(screen.getByLabelText("Search products"), "x");
  await user.click((await screen.findAllByRole("button", { name: "Clear the search" }))[0] as HTMLElement);
  expect(await tile("node")).toBeVisible();
});

it("details hide the serial number until it is asked for, and show seats only to admins", async () => {
  const { user } = open(scenarios.coordinator, "/products?details=sample-studio");
  expect(await screen.findByTestId("serial")).toHaveTextContent("•••-••••-9002");
  await user.click(screen.getByRole("button", { name: "Show the serial number" }));
  expect(screen.getByTestId("serial")).toHaveTextContent("512-4471-9002");
  expect(screen.getByRole("dialog")).toHaveTextContent("3 of 10 seats assigned");
});

it("details of a user have neither serial number nor seats", async () => {
  const { user } = open(scenarios.user);
  await user.click(await screen.findByTestId("more-sample-studio"));
  await user.click(await screen.findByTestId("details-sample-studio"));
  const dialog = await screen.findByRole("dialog");
  expect(dialog).toHaveTextContent("Sample Vendor");
  expect(dialog).not.toHaveTextContent("Serial number");
  expect(dialog).not.toHaveTextContent("seats assigned");
});

it("what is installed can be launched, and says until when it works offline", async () => {
  const { user, host } = open(scenarios.installed);
  expect(await screen.findByTestId("licence-sample-studio")).toHaveTextContent(
    /Works offline until \d+ \w+ \d{4}/,
  );
  await user.click(screen.getByTestId("launch-sample-studio"));
  expect(await screen.findByText("Sample Studio was started.")).toBeVisible();
  expect(host.asked).toContain("launchProduct sample-studio");
});

it("a refused launch says why and leads to the licence", async () => {
  const { user } = open(scenarios.installed, "/products", (host) =>
    host.breaks("launchProduct", failure("licence_refused", "the verification was due on 18 November")),
  );
  await user.click(await screen.findByTestId("launch-sample-studio"));
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("The verification was due on 18 November.");
  await user.click(within(alert).getByRole("button", { name: "Licence" }));
  expect(await screen.findByTestId("licence-standing")).toBeVisible();
});

it("the read-me of a product can be read from its menu, of what is installed in its own version", async () => {
  const { user, host } = open(scenarios.installed);
  await user.click(await screen.findByTestId("more-sample-studio"));
  await user.click(await screen.findByTestId("read-me-sample-studio"));
  expect(await screen.findByTestId("read-me-text")).toBeVisible();
  expect(host.asked).toContain("readMe sample-studio 1.0.0 en");
});

it("uninstalling says what goes and what stays before anything happens", async () => {
  const { user, host } = open(scenarios.installed);
  await user.click(await screen.findByTestId("more-sample-studio"));
  await user.click(await screen.findByTestId("uninstall-sample-studio"));
  expect(await screen.findByRole("dialog")).toHaveTextContent("What stays");
  expect(host.asked.some((asked) => asked.startsWith("uninstallProduct"))).toBe(false);
  await user.click(screen.getByTestId("uninstall-confirm"));
  expect((await screen.findAllByText("Removing"))[0]).toBeVisible();
});

it("settings are listed with their size, and go only when that is ticked", async () => {
  const { user, host } = open(scenarios.installed);
  await user.click(await screen.findByTestId("more-sample-studio"));
  await user.click(await screen.findByTestId("uninstall-sample-studio"));
  expect(await screen.findByText(/Settings of Sample Studio: .* in \/home\/uma/)).toBeVisible();
  await user.click(screen.getByTestId("uninstall-settings"));
  await user.click(screen.getByTestId("uninstall-confirm"));
  await waitFor(() => expect(host.asked).toContain("uninstallProduct sample-studio removed kept"));
});

it("own files in its folder are listed and stay, unless that is ticked", async () => {
  const { user, host } = open(scenarios.installed);
  await user.click(await screen.findByTestId("more-sample-studio"));
  await user.click(await screen.findByTestId("uninstall-sample-studio"));
  const files = await screen.findByTestId("own-files");
  expect(files).toHaveTextContent(/moved to .*your-files.*my-scenes \(4\.2 MB\)/);
  expect(screen.getByText("Engine, because Pens uses it, too")).toBeVisible();
  await user.click(screen.getByTestId("uninstall-files"));
  expect(screen.getByTestId("own-files")).not.toHaveTextContent("moved to");
  await user.click(screen.getByTestId("uninstall-confirm"));
  await waitFor(() => expect(host.asked).toContain("uninstallProduct sample-studio kept removed"));
});

it("a product that is open is removed once it is closed, and the dialog says so", async () => {
  const { user, host } = open(scenarios.installed);
  await user.click(await screen.findByTestId("more-sample-studio"));
  await user.click(await screen.findByTestId("uninstall-sample-studio"));
  await user.click(await screen.findByTestId("uninstall-confirm"));
  await waitFor(() => expect(host.jobs.some((job) => job.kind === "uninstall")).toBe(true));
  const job = host.jobs.find((one) => one.kind === "uninstall");
  const reason = "close Sample Studio to go on; still open: sample-studio (process 4711)";
  act(() => void host.move(job?.id ?? "", { state: "waiting", waits_for: "app_open", reason }));
  expect(await screen.findByTestId("uninstall-waits")).toHaveTextContent(
    "Close Sample Studio to go on; still open: sample-studio (process 4711).",
  );
});

it("once it is removed the dialog says what stayed", async () => {
  const { user, host } = open(scenarios.installed);
  await user.click(await screen.findByTestId("more-sample-studio"));
  await user.click(await screen.findByTestId("uninstall-sample-studio"));
  await user.click(await screen.findByTestId("uninstall-confirm"));
  await waitFor(() => expect(host.jobs.some((job) => job.kind === "uninstall")).toBe(true));
  const job = host.jobs.find((one) => one.kind === "uninstall");
  act(() => {
    host.move(job?.id ?? "", {
      state: "done",
      left: {
        files: { folder: "/home/uma/apps/sample-studio/your-files", file_count: 3, size_bytes: 4_200_000 },
        others: null,
        settings: [],
        shared: [],
      },
    });
    host.put(host.installed.filter(({ product }) => product !== "sample-studio"));
  });
  const dialog = await screen.findByRole("dialog");
  expect(dialog).toHaveTextContent("Sample Studio was removed");
  expect(dialog).toHaveTextContent(
    "3 of your own files (4.2 MB) are in /home/uma/apps/sample-studio/your-files now",
  );
  await user.click(screen.getByTestId("uninstall-close"));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("settings that cannot be read are told, and can be asked for again", async () => {
  const { user, host } = open(scenarios.installed);
  host.breaks("removal", failure("folder_unusable"));
  await user.click(await screen.findByTestId("more-sample-studio"));
  await user.click(await screen.findByTestId("uninstall-sample-studio"));
  const dialog = await screen.findByRole("dialog");
  const again = await within(dialog).findByRole("button", { name: "Try again" });
  expect(screen.queryByTestId("uninstall-settings")).toBeNull();
  host.breaks("removal", null);
  await user.click(again);
  expect(await screen.findByTestId("uninstall-settings")).toBeVisible();
});

it("without a server what is installed can still be launched", async () => {
  open(scenarios.installed, "/products", (host) => {
    host.breaks("me", failure("offline"));
    host.breaks("listProducts", failure("offline"));
  });
  expect(await screen.findByTestId("launch-sample-studio")).toBeEnabled();
  expect(screen.getByTestId("offline-banner")).toHaveTextContent("You are offline.");
});

it("a browser hands over to the program, and gives admins the command for other computers", async () => {
  const { user } = open(scenarios["browser-coordinator"]);
  await user.click(await screen.findByTestId("ways-zig"));
  await user.click(await screen.findByTestId("choose-install-zig"));
  expect(await screen.findByTestId("install-zig")).toBeEnabled();
  expect(await tile("zig")).toHaveTextContent("toolcrib install zig");
  expect(screen.queryByTestId("product-verdict-zig")).toBeNull();
});
