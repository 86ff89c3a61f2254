const units = [
  ["TB", 1e12],
  ["GB", 1e9],
  ["MB", 1e6],
  ["kB", 1e3],
] as const;

const locale = "en-GB";
const day = 86_400_000;

/** A size in the largest fitting decimal unit with one digit, as the command line shows it: `93.5 MB`. */
export function bytes(count: number): string {
  const unit = units.find(([, factor]) => count >= factor);
  return unit ? `${(count / unit[1]).toFixed(1)} ${unit[0]}` : `${Math.max(0, Math.round(count))} B`;
}

/** A speed: `12.4 MB/s`. */
export function rate(bytesPerSecond: number): string {
  return `${bytes(bytesPerSecond)}/s`;
}

const dateFormat = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" });
const momentFormat = new Intl.DateTimeFormat(locale, {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const clockFormat = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const relativeFormat = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

/** A day: `21 November 2027`. */
export function date(time: string): string {
  return dateFormat.format(new Date(time));
}

/** A day with its time: `21 Nov 2027, 14:05`. */
export function moment(time: string): string {
  return momentFormat.format(new Date(time));
}

/** A time of this day: `14:05`. */
export function clock(time: string): string {
  return clockFormat.format(new Date(time));
}

const steps = [
  ["year", 365 * day],
  ["month", 30 * day],
  ["day", day],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** How far away a time is, in the largest unit of which there are at least two: `in 12 days`, `5 minutes ago`. */
export function relative(time: string, now: number): string {
  const distance = new Date(time).getTime() - now;
  const step = steps.find(([, length]) => Math.abs(distance) >= 1.95 * length);
  if (step) return relativeFormat.format(Math.round(distance / step[1]), step[0]);
  return Math.abs(distance) < 60_000
    ? relativeFormat.format(0, "second")
    : relativeFormat.format(Math.round(distance / 60_000), "minute");
}

/** How many whole days are left until a time; negative once it has passed. */
export function daysLeft(time: string, now: number): number {
  return Math.floor((new Date(time).getTime() - now) / day);
}

/** Days before the end from which it is shown in amber and in red (S-47). */
export const amberDays = 45;
export const redDays = 4;

/** How urgent an end is (S-47). */
export function urgency(endsAt: string, now: number): "calm" | "amber" | "red" {
  const days = (new Date(endsAt).getTime() - now) / day;
  if (days <= redDays) return "red";
  return days <= amberDays ? "amber" : "calm";
}

/** The remaining time, in the steps in which people think: seconds are only ever an impression. */
export function remaining(seconds: number): { unit: "moments" | "minutes" | "hours"; count: number } {
  if (seconds < 50) return { unit: "moments", count: 0 };
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 90
    ? { unit: "minutes", count: minutes }
    : { unit: "hours", count: Math.round(seconds / 3600) };
}

/** Whole percent of a job that has not ended never reads 100. */
export function percent(done: number, total: number): number {
  if (total <= 0) return 0;
  return Math.min(99, Math.max(0, Math.floor((done / total) * 100)));
}

/** Platforms by the names that people use. */
export const platformNames: Readonly<Record<string, string>> = {
  "linux-x86_64": "Linux, 64-bit",
  "linux-aarch64": "Linux, ARM",
  "windows-x86_64": "Windows, 64-bit",
  "windows-aarch64": "Windows, ARM",
  "macos-x86_64": "macOS, Intel",
  "macos-aarch64": "macOS, Apple silicon",
  any: "All platforms",
};

/** A platform by the name that people use. */
export function platform(id: string): string {
  return platformNames[id] ?? id;
}

const languageNames = new Intl.DisplayNames([locale], { type: "language", fallback: "code" });

/** A language by its name: `English`. */
export function language(tag: string): string {
  try {
    return languageNames.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
