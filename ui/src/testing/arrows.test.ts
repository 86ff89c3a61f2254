import { expect, it } from "vitest";

const sources = import.meta.glob<string>("../**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** What each layer may import, beside itself. */
const below: Readonly<Record<string, readonly string[]>> = {
  start: ["routes", "api", "lib"],
  routes: ["features", "components", "api", "lib"],
  features: ["components", "api", "lib"],
  components: ["lib"],
  api: ["lib"],
  lib: [],
};

interface Arrow {
  readonly from: string;
  readonly to: string;
}

function resolve(from: string, to: string): string | null {
  if (to.startsWith("@/")) return to.slice(2);
  if (!to.startsWith(".")) return null;
  const pieces = from.split("/").slice(0, -1);
  for (const piece of to.split("/")) {
    if (piece === "..") pieces.pop();
    else if (piece !== ".") pieces.push(piece);
  }
  return pieces.join("/");
}

const files = Object.entries(sources).map(([path, text]) => ({ path: path.replace("../", ""), text }));
const real = files.map(({ path, text }) => ({
  path: path.startsWith("./") ? `testing/${path.slice(2)}` : path,
  text,
}));
const production = real.filter(
  ({ path }) =>
    !path.startsWith("testing/") && !path.startsWith("api/generated/") && !path.includes(".test."),
);
const imports = (text: string) =>
  [...text.matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)].map((found) => found[1] ?? "");
const arrows: Arrow[] = production.flatMap(({ path, text }) =>
  imports(text).flatMap((name) => {
    const to = resolve(path, name);
    return to === null || to.endsWith(".css") ? [] : [{ from: path, to }];
  }),
);

function feature(path: string): string | undefined {
  return path.split("/")[1];
}

function layer(path: string): string {
  return path.includes("/") ? (path.split("/")[0] ?? "") : "start";
}

it("every arrow between layers points downward", () => {
  const wrong = arrows.filter(({ from, to }) => {
    const [upper, lower] = [layer(from), layer(to)];
    return upper !== lower && !below[upper]?.includes(lower);
  });
  expect(wrong).toEqual([]);
  expect(arrows.length).toBeGreaterThan(100);
});

it("features never import features", () => {
  const wrong = arrows.filter(
    ({ from, to }) => layer(from) === "features" && layer(to) === "features" && feature(from) !== feature(to),
  );
  expect(wrong).toEqual([]);
});

it("only api touches Tauri", () => {
  const touching = production.filter(({ text }) => /@tauri-apps|__TAURI/.test(text)).map(({ path }) => path);
  expect(touching.toSorted()).toEqual(["api/ask.ts", "api/decide.ts", "api/tauri.ts"]);
});

it("no page asks the network or keeps a token by itself", () => {
  const asking = production
    .filter(({ text }) => /\bfetch\(|XMLHttpRequest|WebSocket|EventSource|Bearer|document\.cookie/.test(text))
    .map(({ path }) => path);
  expect(asking).toEqual(["api/browser.ts"]);
});

it("no source file is longer than 300 lines", () => {
  const long = real.filter(({ path, text }) => !path.includes(".gen.ts") && text.split("\n").length > 301);
  expect(long.map(({ path }) => path)).toEqual([]);
});
