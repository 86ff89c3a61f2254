import "@mantine/core/styles.layer.css";
import "@fontsource-variable/inter/wght.css";
import "./lib/theme/tokens.css";
import "./lib/i18n";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createCache } from "@/api/cache";
import { FeedStore } from "@/api/feed-store";
import type { Host } from "@/api/host";
import type { RouterHistory } from "@tanstack/react-router";
import { createPages } from "@/routes/router";
import { App } from "./App";

/** Starts the pages on a host. */
export function start(host: Host, place: HTMLElement, history?: RouterHistory): void {
  const feed = new FeedStore();
  if (host.native) void feed.follow(host.native);
  createRoot(place).render(
    <StrictMode>
      <App around={{ host, feed }} cache={createCache()} pages={createPages(history)} />
    </StrictMode>,
  );
}
