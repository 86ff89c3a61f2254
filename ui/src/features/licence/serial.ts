/** Whether a text has the form of a serial number: eleven digits, blanks and hyphens aside. The check digit is judged by the client. */
export function isSerial(typed: string): boolean {
  return /^\d{11}$/.test(typed.replace(/[\s\u2010-\u2014-]/g, ""));
}
