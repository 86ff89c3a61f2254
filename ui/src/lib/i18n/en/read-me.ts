/** The read-me of a release. */
export const readMe = {
  open: "Read me",
  title: "Read me: {{name}}",
  source: "Version {{version}}, file {{file}}",
  noneTitle: "{{name}} {{version}} brings no read-me",
  noneText: "Its vendor wrote none for this version.",
  refusedTitle: "This read-me is not shown",
  refused: {
    too_large: "{{file}} is larger than 1 MiB.",
    not_text: "{{file}} is not a text in UTF-8.",
  },
  instead: "Install the product, and open the file in its folder.",
  insteadPlace: "Open it where it is:",
  replaced_one: "{{count}} character that steers terminals or reorders text is shown as �.",
  replaced_other: "{{count}} characters that steer terminals or reorder text are shown as �.",
} as const;

/** What an installation begins with (S-126). */
export const firstSteps = {
  label: "First steps",
  requirements: "System requirements",
  verdict: { pass: "All are met", warn: "Met, with warnings", fail: "Not all are met" },
  tools: "Tools & utilities",
  toolsHint: "Optional",
  readMeHint: "What the vendor says first",
  install: "Install",
  installHint: "{{size}} to fetch",
  toolsLead: "Beside the product itself. What is ticked comes with it.",
} as const;
