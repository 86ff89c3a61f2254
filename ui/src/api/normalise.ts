import { Failure, failureCodes, type FailureCode } from "@/lib/failure";
import type { Code } from "./native.gen";
import type { ProblemCode } from "./types";

/** Fails to compile when the client or the service has a code that the table of words lacks. */
type Covered = Code | ProblemCode extends FailureCode ? true : never;
export const everyCodeHasWords: Covered = true;

const known: ReadonlySet<string> = new Set(failureCodes);
const retryable: ReadonlySet<FailureCode> = new Set(["offline", "server_unusable", "too_many", "internal"]);

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function codeOf(value: unknown): FailureCode {
  return known.has(text(value)) ? (value as FailureCode) : "unknown";
}

/** Makes a `Failure` of whatever a bridge rejected with: a `UiError`, a problem document, or something else. */
export function toFailure(cause: unknown): Failure {
  if (cause instanceof Failure) return cause;
  if (cause instanceof Error) return internal(cause.message);
  const facts = (typeof cause === "object" && cause !== null ? cause : {}) as Record<string, unknown>;
  const found = codeOf(facts["code"]);
  const declared = facts["retryable"];
  return new Failure({
    code: found,
    message: text(facts["message"]) || text(facts["detail"]) || text(cause),
    advice: text(facts["advice"]),
    retryable: typeof declared === "boolean" ? declared : retryable.has(found),
    requestId: text(facts["request_id"]) || null,
  });
}

function internal(message: string): Failure {
  return new Failure({ code: "internal", message, advice: "", retryable: true, requestId: null });
}

/** The failure of a request that no server answered. */
export function offline(): Failure {
  return new Failure({ code: "offline", message: "", advice: "", retryable: true, requestId: null });
}

/** The failure of an answer that is not of the API. */
export function unusable(status: number): Failure {
  const code = status >= 500 || status === 200 ? "server_unusable" : "unknown";
  return new Failure({ code, message: "", advice: "", retryable: status >= 500, requestId: null });
}
