/** Downloading a release into a folder. */
export const download = {
  title: "Download {{name}}",
  lead: "Into a folder, to be installed from there on this and on other computers.",
  nothing: "Nothing of this product can be downloaded.",
  forOthers: "This is for {{platform}}: it cannot be installed on this computer.",
  doneFor: "Version {{version}} for {{platform}}: every file was verified.",
  commandThere: "Take the folder along, and run this there with its place.",
  size: "{{size}} in all.",
  place: "It goes into a folder of its own among your downloads; what is there already is not fetched again.",
  doneTitle: "{{name}} is downloaded",
  doneText: "Version {{version}}: every file was verified.",
  together:
    "Keep the files together. If one is missing, installing names it and fetches only that; files may also lie in several folders, each named with --from.",
  copyFolder: "Copy the folder",
  commandHint: "Take the folder along, or put it on a share, and run this with its place there.",
  installFrom: "Install from it now",
  openFolder: "Open folder",
  another: "Download another release",
  showDone: "Show",
  cancelledText: "{{name}} was not downloaded. Parts that were complete are still in the folder.",
  startOver: "Download again",
} as const;
