/** From which of its vendor's channels a product comes, and releases that the vendor took back. */
export const channels = {
  from: "Comes from the channel {{channel}}.",
  change: "Change …",
  title: "Channel of {{name}}",
  label: "Get new versions from",
  own: "{{channel}} (now)",
  meaning:
    "Nothing is installed by this, and nothing goes back by itself: it says which version is offered next.",
  confirm: "Use this channel",
} as const;

/** Releases that the vendor took back. */
export const withdrawn = {
  title: "{{name}} {{version}} was withdrawn by its vendor",
  tag: "Withdrawn",
  update: "Install {{version}}",
  roll_back: "Go back to {{version}}",
} as const;
