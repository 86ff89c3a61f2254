/** Hands a link to whatever program the system has for it. The page stays, and its history does not learn the link. */
export function openLink(link: string): void {
  window.location.assign(link);
}
