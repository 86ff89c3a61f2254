/** Computers of one network that give each other what they have. */
export const peers = {
  title: "Other computers on this network",
  lead: "Computers of one network can give each other what they have installed, so that less comes over the internet. Everything that arrives is checked as if it came from anywhere.",
  switch: "Take from, and give to, other computers on this network",
  why: "When you switch this on, your system may ask whether Toolcrib may be reached from your network. Allow it, or others cannot take anything from here. Nobody sees what you have: only who may have a product can ask for it. On metered networks nothing is taken or given.",
  giving: "What is installed here can be asked for now.",
  received: "{{size}} came from other computers instead of over the internet.",
  decided: "Your organisation decided this.",
} as const;
