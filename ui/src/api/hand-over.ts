import { useMutation } from "@tanstack/react-query";
import { openLink } from "@/lib/open-link";
import { useHost } from "./context";

/** What the program on this computer is to install. */
export interface Wanted {
  readonly product: string;
  readonly version: string | null;
}

/** Asks for a one-time link and opens the program by it, as often as wished; every time is a link of its own. */
export function useHandOver({ product, version }: Wanted) {
  const { host } = useHost();
  const asked = useMutation({
    mutationFn: () => host.call("createHandOver", {}, { product, ...(version === null ? {} : { version }) }),
    onSuccess: ({ link }) => openLink(link),
    gcTime: 0,
  });
  return { made: asked.data ?? null, failure: asked.error, onHandOver: () => asked.mutate() };
}
