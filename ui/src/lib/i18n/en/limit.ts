/** How fast may be fetched. */
export const limit = {
  title: "Speed limit",
  lead: "Leaves room for others on this network. It holds for everything that is fetched on this computer, also for what is running.",
  usual: "At most",
  unit: "MB a second",
  none: "no limit",
  hours: "Another limit at some hours",
  from: "From",
  to: "Until",
  inHours: "At most then",
  overMidnight: "Until the next morning.",
  sameTimes: "Choose two different times.",
  tooSmall: "At least {{rate}}.",
  save: "Set the limit",
  now: "Now: at most {{rate}}.",
  byPolicy: "Set by your organisation: ask whoever looks after this computer.",
  nowNone: "Now: as fast as it goes.",
} as const;
