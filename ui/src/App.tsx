import { MantineProvider } from "@mantine/core";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { HostContext, type Around } from "@/api/context";
import { purposes, theme } from "@/lib/theme/theme";
import type { createPages } from "@/routes/router";

interface AppProps {
  around: Around;
  cache: QueryClient;
  pages: ReturnType<typeof createPages>;
}

/** The pages with everything that they need around them. */
export function App({ around, cache, pages }: AppProps) {
  return (
    <MantineProvider
      env={import.meta.env.MODE === "test" ? "test" : "default"}
      theme={theme}
      cssVariablesResolver={purposes}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={cache}>
        <HostContext value={around}>
          <RouterProvider router={pages} />
        </HostContext>
      </QueryClientProvider>
    </MantineProvider>
  );
}
