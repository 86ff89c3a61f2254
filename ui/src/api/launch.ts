import { createContext, use } from "react";
import { useMutation } from "@tanstack/react-query";
import type { LaunchView } from "./native.gen";

/** Starts a product after everything that is to be asked first; null where the person gave up. */
export type Launcher = (product: string) => Promise<LaunchView | null>;

/** Whoever asks what is to be asked before a start. */
export const LaunchContext = createContext<Launcher | null>(null);

/** Starts an installed product. */
export function useLaunch(product: string) {
  const launcher = use(LaunchContext);
  return useMutation({
    mutationFn: () => {
      if (!launcher) throw new Error("a start needs somebody who asks what is to be asked first");
      return launcher(product);
    },
  });
}
