import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** The pages, as the desktop window and the account service embed them: everything is a file of its own, nothing inline. */
export default defineConfig({
  plugins: [react()],
  resolve: { tsconfigPaths: true },
  clearScreen: false,
  server: {
    port: 5173,
    strictPort: true,
    host: "127.0.0.1",
    fs: { allow: [".", "../docs/protocol"] },
  },
  build: {
    target: "safari16.4",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    // The colours are judged for their contrast; no other style matters to a test.
    css: { include: [/tokens\.css/] },
    // However busy the computer is: whoever waits goes on as soon as what they wait for is there.
    testTimeout: 60_000,
    restoreMocks: true,
  },
});
