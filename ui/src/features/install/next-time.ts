/** The time that is proposed: in the evening, when nobody needs the computer or the network. */
export const usualTime = "22:00";

const clock = /^(\d{2}):(\d{2})$/;

/** Whether it is a time such as `22:00`. */
export function isTime(text: string): boolean {
  return clock.test(text);
}

/** The next moment at which the clock of this computer shows a time; null where it is none. */
export function nextAt(time: string, now: Date): Date | null {
  const found = clock.exec(time);
  if (!found) return null;
  const at = new Date(now);
  at.setHours(Number(found[1]), Number(found[2]), 0, 0);
  if (at <= now) at.setDate(at.getDate() + 1);
  return at;
}
