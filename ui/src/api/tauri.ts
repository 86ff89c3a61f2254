import { Channel, invoke } from "@tauri-apps/api/core";
import type { Host } from "./host";
import type { Native } from "./native";
import type { FeedMessage } from "./native.gen";
import { toFailure } from "./normalise";
import type { OperationId, Operations } from "./operations";
import type { Me } from "./types";

async function ask<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (cause) {
    throw toFailure(cause);
  }
}

const native: Native = {
  app: () => ask("app"),
  checkProduct: (product, version) => ask("check_product", { product, version }),
  planInstall: (product, options) => ask("plan_install", { product, options }),
  installProduct: (product, options) => ask("install_product", { product, options }),
  pauseJob: (job) => ask("pause_job", { job }),
  resumeJob: (job) => ask("resume_job", { job }),
  cancelJob: (job) => ask("cancel_job", { job }),
  dismissJob: (job) => ask("dismiss_job", { job }),
  uninstallProduct: (product) => ask("uninstall_product", { product }),
  launchProduct: (product) => ask("launch_product", { product }),
  licence: (product) => ask("licence", { product }),
  verifyLicence: (product, password, code) => ask("verify_licence", { product, password, code }),
  followFeed: (tell) => {
    return ask("follow_feed", { channel: new Channel<FeedMessage>(tell) });
  },
};

/** The pages in the desktop window: every call is a named command of the program around them. */
export function windowHost(): Host {
  return {
    kind: "window",
    native,
    call: <K extends OperationId>(
      operation: K,
      params: Operations[K]["params"],
      body: Operations[K]["body"],
    ): Promise<Operations[K]["answer"]> => ask("call_api", { operation, params, body }),
    signIn: ({ server, userId, password, code }) => ask<Me>("sign_in", { server, userId, password, code }),
    signOut: () => ask("sign_out"),
  };
}
