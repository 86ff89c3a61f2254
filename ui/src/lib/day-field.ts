/** The end of a day that a person chose in a field, as the service wants it. */
export function endOf(day: string): string | null {
  const end = day ? new Date(`${day}T23:59:59`) : null;
  return end && !Number.isNaN(end.getTime()) ? end.toISOString() : null;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

/** The day so many days after that of `now`, where the reader is, as a field wants it: `2026-11-22`. */
export function dayIn(days: number, now: number): string {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
