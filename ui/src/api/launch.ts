import { createContext, use } from "react";
import { useMutation } from "@tanstack/react-query";
import type { LaunchView } from "./native.gen";

/**
 * Starts a product after everything that is to be asked first; null where the person gave up. Without a version it is the
 * current release.
 */
export type Launcher = (product: string, version: string | null) => Promise<LaunchView | null>;

/** Whoever asks what is to be asked before a start. */
export const LaunchContext = createContext<Launcher | null>(null);

/** Starts an installed product: its current release, or another one that is here (B-20). */
export function useLaunch(product: string, version: string | null = null) {
  const launcher = use(LaunchContext);
  return useMutation({
    mutationFn: () => {
      if (!launcher) throw new Error("a start needs somebody who asks what is to be asked first");
      return launcher(product, version);
    },
  });
}
