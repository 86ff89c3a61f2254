import type { Failure } from "@/lib/failure";

/** The channels of a product, as they are shown. */
export interface Channels {
  readonly channel: string;
  /** Why nobody chooses another one here. */
  readonly fixed: string | null;
  readonly channels: readonly { readonly name: string; readonly sentence: string }[];
}

/** The channels of a product, and the way to choose another one. */
export interface ChannelChoice {
  readonly found: Channels | undefined;
  readonly isPending: boolean;
  readonly error: Failure | null;
  choose(channel: string, onChosen: () => void): void;
  forget(): void;
}
