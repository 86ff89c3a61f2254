/** The platform that a browser most likely runs on, by the name that it gives itself. */
export function platformOf(userAgent: string): string {
  if (/Windows/.test(userAgent)) return "windows-x86_64";
  if (/Mac OS|Macintosh/.test(userAgent)) return "macos-aarch64";
  return /aarch64|arm64/i.test(userAgent) ? "linux-aarch64" : "linux-x86_64";
}
