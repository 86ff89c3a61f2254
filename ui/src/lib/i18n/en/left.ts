/** What stayed once a product, or one of its releases, was gone. */
export const left = {
  title: "What stayed",
  nothing: "0 files left.",
  files_one: "{{count}} of your own files ({{size}}) is in {{folder}} now",
  files_other: "{{count}} of your own files ({{size}}) are in {{folder}} now",
  settings: "{{name}}: {{size}} in {{folder}}",
  others_one: "{{count}} file ({{size}}) in {{folder}} that Toolcrib did not put there",
  others_other: "{{count}} files ({{size}}) in {{folder}} that Toolcrib did not put there",
  shared_one: "{{component}}, because {{products}} uses it, too",
  shared_other: "{{component}}, because {{products}} use it, too",
} as const;
