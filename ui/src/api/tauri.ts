import { Channel } from "@tauri-apps/api/core";
import { ask } from "./ask";
import type { Host } from "./host";
import type { Native } from "./native";
import type { FeedMessage } from "./native.gen";
import { fetchingAbilities } from "./tauri-fetching";
import { invitationAbilities } from "./tauri-invitation";
import { licenceAbilities } from "./tauri-licence";
import { updateAbilities } from "./tauri-updates";
import type { OperationId, Operations } from "./operations";
import type { Me } from "./types";

const native: Native = {
  app: () => ask("app"),
  checkProduct: (product, version) => ask("check_product", { product, version }),
  readMe: (product, version, language) => ask("read_me", { product, version, language }),
  planInstall: (product, options) => ask("plan_install", { product, options }),
  installProduct: (product, options) => ask("install_product", { product, options }),
  downloadProduct: (product, options) => ask("download_product", { product, options }),
  showDownload: (job) => ask("show_download", { job }),
  pauseJob: (job) => ask("pause_job", { job }),
  resumeJob: (job) => ask("resume_job", { job }),
  pauseAll: () => ask("pause_all"),
  resumeAll: () => ask("resume_all"),
  moveJob: (job, before) => ask("move_job", { job, before }),
  cancelJob: (job, held) => ask("cancel_job", { job, held }),
  dismissJob: (job) => ask("dismiss_job", { job }),
  holdProduct: (product, until) => ask("hold_product", { product, until }),
  releaseHold: (product) => ask("release_hold", { product }),
  rollBack: (product, to) => ask("roll_back", { product, to }),
  pinRelease: (product, version, pinned) => ask("pin_release", { product, version, pinned }),
  examineProduct: (product) => ask("examine_product", { product }),
  repairProduct: (product, metered) => ask("repair_product", { product, metered }),
  places: (product) => ask("places", { product }),
  moveProduct: (product, place) => ask("move_product", { product, place }),
  removal: (product) => ask("removal", { product }),
  uninstallProduct: (product, settings, files) => ask("uninstall_product", { product, settings, files }),
  launchProduct: (product, version) => ask("launch_product", { product, version }),
  restartComputer: () => ask("restart_computer"),
  licence: (product) => ask("licence", { product }),
  verifyLicence: (product, password, code) => ask("verify_licence", { product, password, code }),
  ...licenceAbilities,
  ...fetchingAbilities,
  ...invitationAbilities,
  ...updateAbilities,
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
