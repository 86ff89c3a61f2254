import type { Credentials, Host } from "./host";
import { offline, toFailure, unusable } from "./normalise";
import { address, routes, type OperationId, type Operations } from "./operations";
import type { SignIn } from "./types";

/** Tells the service that a request comes from its own page, which no foreign page can set. */
const ownPage = { "X-Toolcrib-Page": "1" };

async function send(method: string, path: string, body: unknown): Promise<Response> {
  const headers = body === null ? ownPage : { ...ownPage, "Content-Type": "application/json" };
  try {
    return await fetch(path, {
      method,
      headers: { ...headers, Accept: "application/json" },
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw offline();
  }
}

async function read(answer: Response): Promise<unknown> {
  if (answer.status === 204) return null;
  const type = answer.headers.get("Content-Type") ?? "";
  if (!type.includes("json")) throw unusable(answer.status);
  const body: unknown = await answer.json().catch(() => {
    throw unusable(answer.status);
  });
  if (!answer.ok) throw toFailure(body);
  return body;
}

async function call<K extends OperationId>(
  operation: K,
  params: Operations[K]["params"],
  body: Operations[K]["body"],
): Promise<Operations[K]["answer"]> {
  const route = routes[operation];
  return (await read(await send(route.method, address(route, params), body))) as Operations[K]["answer"];
}

/** The pages in a browser: same-origin requests with a cookie, and no native abilities. */
export function browserHost(): Host {
  return {
    kind: "browser",
    native: null,
    call,
    signIn: ({ userId, password, code }: Credentials) => {
      const body: SignIn = { user_id: userId, password, ...(code === null ? {} : { code }) };
      return call("portalSignIn", {}, body);
    },
    signOut: async () => {
      await call("portalSignOut", {}, null);
    },
  };
}
