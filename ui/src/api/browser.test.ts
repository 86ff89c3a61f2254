import { afterEach, expect, it, vi } from "vitest";
import { Failure } from "@/lib/failure";
import { browserHost } from "./browser";

function answering(body: unknown, status = 200, type = "application/json") {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const fetching = vi.fn<typeof fetch>(
    async () => new Response(text, { status, headers: { "Content-Type": type } }),
  );
  vi.stubGlobal("fetch", fetching);
  return fetching;
}

async function refusal(asking: Promise<unknown>): Promise<Failure> {
  const cause: unknown = await asking.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(cause instanceof Failure)) throw new Error("it was not refused");
  return cause;
}

afterEach(() => vi.unstubAllGlobals());

it("asks its own origin, with the cookie and the header of its own pages", async () => {
  const fetching = answering({ items: [] });
  await browserHost().call("listProducts", { cursor: "next" }, null);
  const [path, how] = fetching.mock.calls[0] ?? [];
  expect(path).toBe("/v1/products?cursor=next");
  expect(how).toMatchObject({ credentials: "same-origin", redirect: "error" });
  expect(how?.headers).toMatchObject({ "X-Toolcrib-Page": "1" });
  expect(JSON.stringify(how)).not.toMatch(/authorization/i);
});

it("signs in without a device and answers who it is", async () => {
  const fetching = answering({ name: "Uma" });
  const me = await browserHost().signIn({ server: null, userId: "uma", password: "secret", code: null });
  expect(me.name).toBe("Uma");
  expect(fetching.mock.calls[0]?.[1]?.body).toBe('{"user_id":"uma","password":"secret"}');
});

it("takes code, words and request id from a problem document", async () => {
  answering(
    { code: "no_seat", detail: "you have no seat", request_id: "r-1", status: 403, title: "Forbidden" },
    403,
    "application/problem+json",
  );
  const failure = await refusal(browserHost().call("me", {}, null));
  expect(failure).toMatchObject({ code: "no_seat", message: "you have no seat", requestId: "r-1" });
});

it("reads a code of a newer service as unknown", async () => {
  answering({ code: "brand_new", detail: "?" }, 400, "application/problem+json");
  expect((await refusal(browserHost().call("me", {}, null))).code).toBe("unknown");
});

it("is offline when nobody answers, and the server unusable when it answers something else", async () => {
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("failed to fetch");
  });
  expect((await refusal(browserHost().call("me", {}, null))).code).toBe("offline");
  answering("<h1>proxy</h1>", 502, "text/html");
  expect((await refusal(browserHost().call("me", {}, null))).code).toBe("server_unusable");
});
