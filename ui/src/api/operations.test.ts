import { describe, expect, it } from "vitest";
import openapi from "../../../docs/protocol/openapi.json";
import { address, routes } from "./operations";

const raw = import.meta.glob<string>("./generated/types.gen.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});
const generated = Object.values(raw).join("");

interface Described {
  readonly operationId?: string;
}

const described = new Map(
  Object.entries(openapi.paths as Record<string, Record<string, Described>>).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId }]) =>
      operationId ? [[operationId, { method: method.toUpperCase(), path }] as const] : [],
    ),
  ),
);

it.each(Object.entries(routes))("the OpenAPI document has %s at the same place", (id, route) => {
  expect(described.get(id)).toEqual(route);
});

it("the generated types are those of the document", () => {
  const schemas = openapi.components.schemas as Record<string, { properties?: Record<string, unknown> }>;
  const missing = Object.entries(schemas).flatMap(([name, { properties }]) => {
    const start = generated.indexOf(`export type ${name} =`);
    const block = generated.slice(start, generated.indexOf("\n};", start));
    const lacks = (property: string) => !new RegExp(`\\b${property}\\??:`).test(block);
    return start < 0
      ? [name]
      : Object.keys(properties ?? {})
          .filter(lacks)
          .map((property) => `${name}.${property}`);
  });
  expect(missing, "run `npm run generate`").toEqual([]);
});

describe("an address", () => {
  it("takes what its path names and puts the rest into the query", () => {
    const route = { method: "GET", path: "/v1/products/{product}" } as const;
    expect(address(route, { product: "a/b", cursor: "x y" })).toBe("/v1/products/a%2Fb?cursor=x+y");
  });

  it("leaves out what is absent", () => {
    expect(address(routes.listProducts, { cursor: undefined })).toBe("/v1/products");
  });
});
