import type { TextKey } from "./i18n/keys";

/** Every reason that a page reacts to: the codes of the client, of the account service, and `unknown` for newer ones. */
export const failureCodes = [
  "not_signed_in",
  "wrong_credentials",
  "second_step_needed",
  "not_entitled",
  "not_permitted",
  "no_seat",
  "contract_ended",
  "verification_needed",
  "unknown_product",
  "not_found",
  "offline",
  "server_unusable",
  "not_our_server",
  "untrusted_catalogue",
  "requirements_failed",
  "texts_not_accepted",
  "metered",
  "policy",
  "disk_full",
  "folder_unusable",
  "holds_copy",
  "damaged_package",
  "busy",
  "app_open",
  "unknown_job",
  "not_installed",
  "already_installed",
  "device_limit",
  "device_released",
  "serial_needed",
  "licence_refused",
  "launch_failed",
  "invalid",
  "conflict",
  "too_many",
  "foreign_page",
  "internal",
  "unknown",
] as const;

/** Why something was refused or went wrong. */
export type FailureCode = (typeof failureCodes)[number];

/** What a failure is made of. */
export interface FailureFacts {
  readonly code: FailureCode;
  /** What happened, in the words of whoever refused. */
  readonly message: string;
  /** What helps, in the same words; empty where only the table knows. */
  readonly advice: string;
  readonly retryable: boolean;
  /** Finds the request in the service's log. */
  readonly requestId: string | null;
}

/** The one error that pages see, whichever host it came from. */
export class Failure extends Error implements FailureFacts {
  readonly code: FailureCode;
  readonly advice: string;
  readonly retryable: boolean;
  readonly requestId: string | null;

  constructor(facts: FailureFacts) {
    super(facts.message);
    this.name = "Failure";
    this.code = facts.code;
    this.advice = facts.advice;
    this.retryable = facts.retryable;
    this.requestId = facts.requestId;
  }
}

/** How loud a failure is. */
export type Tone = "quiet" | "warn" | "alarm";

/** What a person can do about it with one click. */
export type Remedy = "retry" | "agree" | "show_licence" | "show_jobs" | "take_over";

/** How a code is shown. */
export interface Presentation {
  readonly tone: Tone;
  readonly title: TextKey;
  readonly advice: TextKey;
  readonly remedy?: Remedy;
}

/** The one table from code to words and action; the compiler finds the gap. */
export const presentation: Record<FailureCode, Presentation> = {
  not_signed_in: row("quiet", "not_signed_in"),
  wrong_credentials: row("warn", "wrong_credentials"),
  second_step_needed: row("quiet", "second_step_needed"),
  not_entitled: row("warn", "not_entitled"),
  not_permitted: row("warn", "not_permitted"),
  no_seat: row("warn", "no_seat"),
  contract_ended: row("warn", "contract_ended"),
  verification_needed: row("warn", "verification_needed", "show_licence"),
  unknown_product: row("warn", "unknown_product"),
  not_found: row("quiet", "not_found"),
  offline: row("quiet", "offline", "retry"),
  server_unusable: row("warn", "server_unusable", "retry"),
  not_our_server: row("alarm", "not_our_server"),
  untrusted_catalogue: row("alarm", "untrusted_catalogue"),
  requirements_failed: row("warn", "requirements_failed"),
  texts_not_accepted: row("quiet", "texts_not_accepted"),
  metered: row("warn", "metered", "agree"),
  policy: row("warn", "policy"),
  disk_full: row("warn", "disk_full", "retry"),
  folder_unusable: row("warn", "folder_unusable", "retry"),
  holds_copy: row("quiet", "holds_copy", "take_over"),
  damaged_package: row("alarm", "damaged_package", "retry"),
  busy: row("quiet", "busy", "show_jobs"),
  app_open: row("warn", "app_open", "retry"),
  unknown_job: row("quiet", "unknown_job", "show_jobs"),
  not_installed: row("quiet", "not_installed"),
  already_installed: row("quiet", "already_installed"),
  device_limit: row("warn", "device_limit"),
  device_released: row("warn", "device_released", "show_licence"),
  serial_needed: row("warn", "serial_needed", "show_licence"),
  licence_refused: row("warn", "licence_refused", "show_licence"),
  launch_failed: row("warn", "launch_failed", "retry"),
  invalid: row("warn", "invalid"),
  conflict: row("warn", "conflict", "retry"),
  too_many: row("warn", "too_many"),
  foreign_page: row("alarm", "foreign_page", "retry"),
  internal: row("alarm", "internal", "retry"),
  unknown: row("warn", "unknown", "retry"),
};

function row<C extends FailureCode>(tone: Tone, code: C, remedy?: Remedy): Presentation {
  const words = { tone, title: `failure.${code}.title`, advice: `failure.${code}.advice` } as const;
  return remedy ? { ...words, remedy } : words;
}
