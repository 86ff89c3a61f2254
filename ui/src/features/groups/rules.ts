import { compareVersions } from "@/lib/versions";

/*
 * What a rule of a list means, as the service judges it (`VersionRule` of the model): a version, a line, or a range as
 * Cargo writes it. The pages use it only to show what a list will do; what may be fetched the service judges.
 */

/** The most rules of a list. */
export const mostRules = 50;

type Numbers = readonly [number, number, number];

/** One comparison of a range: from a version on, and below another one. */
interface Span {
  readonly from: string | null;
  readonly below: string | null;
  /** Whether `from` itself is left out. */
  readonly after?: boolean;
  /** Whether `below` itself is taken in. */
  readonly upTo?: boolean;
  /** The version whose previews it means. */
  readonly previewOf: string | null;
}

const exact = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;
const line = /^\d+(\.\d+)?$/;
const part = /^(=|>=|<=|>|<|~|\^)?\s*(\d+)(?:\.(\d+|[*xX]))?(?:\.(\d+|[*xX]))?(-[0-9A-Za-z.-]+)?(?:\+\S+)?$/;

function text([major, minor, patch]: Numbers): string {
  return `${major}.${minor}.${patch}`;
}

/** The first version after everything that begins with so many of the numbers. */
function after([major, minor, patch]: Numbers, given: number): string {
  if (given === 1) return text([major + 1, 0, 0]);
  return given === 2 ? text([major, minor + 1, 0]) : text([major, minor, patch + 1]);
}

/** Where compatibility with a version ends: at its first number that is not nought. */
function incompatible(numbers: Numbers, given: number): string {
  const [major, minor] = numbers;
  if (major > 0 || given === 1) return after(numbers, 1);
  return minor > 0 || given === 2 ? after(numbers, 2) : after(numbers, 3);
}

function spanOf(piece: string): Span | null {
  if (/^[*xX]$/.test(piece)) return { from: null, below: null, previewOf: null };
  const found = part.exec(piece);
  if (!found) return null;
  const [, sign, major, minor, patch, preview = ""] = found;
  const wild = [minor, patch].some((number) => number !== undefined && /\D/.test(number));
  const plain = [major, minor, patch].filter((number) => number !== undefined && /^\d+$/.test(number));
  const given = plain.length;
  const numbers: Numbers = [Number(plain[0]), Number(plain[1] ?? 0), Number(plain[2] ?? 0)];
  const from = `${text(numbers)}${preview}`;
  const previewOf = preview ? text(numbers) : null;
  const whole = given === 3;
  switch (sign ?? (wild ? "=" : "^")) {
    case ">":
      return { from: whole ? from : after(numbers, given), after: whole, below: null, previewOf };
    case ">=":
      return { from, below: null, previewOf };
    case "<":
      return { from: null, below: from, previewOf };
    case "<=":
      return { from: null, below: whole ? from : after(numbers, given), upTo: whole, previewOf };
    case "=":
      return whole
        ? { from, below: from, upTo: true, previewOf }
        : { from, below: after(numbers, given), previewOf };
    case "~":
      return { from, below: after(numbers, Math.min(given, 2)), previewOf };
    default:
      return { from, below: incompatible(numbers, given), previewOf };
  }
}

function within(span: Span, version: string): boolean {
  const low = span.from === null ? 1 : compareVersions(version, span.from);
  const high = span.below === null ? -1 : compareVersions(version, span.below);
  return (span.after ? low > 0 : low >= 0) && (span.upTo ? high <= 0 : high < 0);
}

function spansOf(rule: string): Span[] | null {
  const pieces = (line.test(rule) ? `~${rule}` : rule).split(",").map((piece) => spanOf(piece.trim()));
  return pieces.every((piece) => piece !== null) ? pieces : null;
}

/** Whether a text can be a rule at all. */
export function isRule(rule: string): boolean {
  return exact.test(rule) || spansOf(rule) !== null;
}

/** Whether a rule names one version and no more. */
export function namesOne(rule: string): boolean {
  return exact.test(rule);
}

/** Whether a rule means a version. */
export function means(rule: string, version: string): boolean {
  if (exact.test(rule)) return rule === version;
  const spans = spansOf(rule);
  if (!spans) return false;
  const [core = version, preview] = version.split("+")[0]?.split(/-(.*)/s) ?? [];
  const previewNamed = preview === undefined || spans.some(({ previewOf }) => previewOf === core);
  return previewNamed && spans.every((span) => within(span, version));
}

/** Whether a list means a version; everything may be had where there is none. */
export function allows(rules: readonly string[] | null | undefined, version: string): boolean {
  return !rules || rules.some((rule) => means(rule, version));
}
