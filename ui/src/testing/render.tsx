import { createMemoryHistory } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { createCache } from "@/api/cache";
import { FeedStore } from "@/api/feed-store";
import { App } from "@/App";
import { createPages } from "@/routes/router";
import { FakeHost, type World } from "./fake-host";

/** Opens the pages of a small world at an address. */
export function open(world: World, path = "/products", prepare: (host: FakeHost) => void = () => {}) {
  const host = new FakeHost(world);
  prepare(host);
  const feed = new FeedStore();
  if (host.native) void feed.follow(host.native);
  const pages = createPages(createMemoryHistory({ initialEntries: [path] }));
  const user = userEvent.setup();
  render(<App around={{ host, feed }} cache={createCache()} pages={pages} />);
  return { host, user, pages };
}

/** What axe finds wrong in the page. Colours are judged in a real browser, landmarks only on whole pages. */
export async function faults(): Promise<string[]> {
  const found = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
