import type { Native } from "./native";
import type { OperationId, Operations } from "./operations";
import type { Me } from "./types";

/** What a person enters to sign in; the server only in the window. */
export interface Credentials {
  readonly server: string | null;
  readonly userId: string;
  readonly password: string;
  readonly code: string | null;
}

/**
 * The one bridge between the pages and what is around them: the desktop window or a browser. No token ever comes
 * through it: the window adds it in Rust, the browser has a cookie that scripts cannot read.
 */
export interface Host {
  readonly kind: "window" | "browser";
  /** What only this computer can do; absent in a browser. */
  readonly native: Native | null;
  signIn(credentials: Credentials): Promise<Me>;
  signOut(): Promise<void>;
  /** Calls the account service by the id of an operation. Rejects with a `Failure`. */
  call<K extends OperationId>(
    operation: K,
    params: Operations[K]["params"],
    body: Operations[K]["body"],
  ): Promise<Operations[K]["answer"]>;
}
