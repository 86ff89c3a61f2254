import "@testing-library/jest-dom/vitest";
import "@/lib/i18n";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// What jsdom lacks of a browser.
vi.stubGlobal("matchMedia", (query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener: () => {},
  removeEventListener: () => {},
  addListener: () => {},
  removeListener: () => {},
  dispatchEvent: () => false,
}));
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);
Object.defineProperty(document, "fonts", {
  value: { addEventListener: () => {}, removeEventListener: () => {} },
});
window.scrollTo = () => {};
Element.prototype.scrollIntoView = () => {};

configure({ asyncUtilTimeout: 20_000 });

afterEach(() => {
  cleanup();
  document.title = "";
});
