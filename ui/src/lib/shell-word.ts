/** A path as one word of a command line: of a Unix shell, or of Windows, where no path has quotes in it. */
export function shellWord(path: string, platform: string): string {
  if (/^[\w./:\\+-]+$/.test(path)) return path;
  return platform.startsWith("windows") ? `"${path}"` : `'${path.replaceAll("'", `'\\''`)}'`;
}
