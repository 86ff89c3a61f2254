import { defineConfig } from "@hey-api/openapi-ts";

/** Types only: the transport is the bridge, so no client is generated. */
export default defineConfig({
  input: "../docs/protocol/openapi.json",
  output: { path: "src/api/generated", clean: true },
  plugins: ["@hey-api/typescript"],
});
