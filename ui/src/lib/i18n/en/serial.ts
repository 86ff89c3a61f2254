/** The texts around serial numbers. */
export const serial = {
  title: "Serial number",
  lead: "A new contract brings a new number: put it in here. Nothing is installed again, and your settings stay.",
  attached: "A serial number is attached to this installation.",
  needed: "This installation needs its serial number.",
  neededBy: "Works without a serial number until {{date}}.",
  enter: "Enter the serial number",
  update: "Update serial number",
  submit: "Enter",
  undo: "Take the last entry back",
  mistyped: "A serial number has eleven digits, such as 123-45678906.",
} as const;
