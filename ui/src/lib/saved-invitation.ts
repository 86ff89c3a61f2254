/** What is to be installed later, and from where. */
export interface SavedInvitation {
  readonly server: string;
  readonly product: string;
  readonly version: string | null;
}

/** The type by which systems know such files. */
export const invitationType = "application/x-toolcrib-invitation";

/** The file that the program opens later. It holds no code and no secret: whoever opens it signs in as usual. */
export function invitationText({ server, product, version }: SavedInvitation): string {
  const file = { schema: 1, server, product, ...(version === null ? {} : { version }) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Its name: “Sample Studio 2.0.0.toolcrib”, without what file systems do not take. */
export function invitationName(name: string, version: string | null): string {
  // eslint-disable-next-line no-control-regex -- control characters are exactly what must not get into a name
  const plain = `${name} ${version ?? ""}`.replace(/[\u0000-\u001f<>:"/\\|?*]+/g, " ").trim();
  return `${plain || "install"}.toolcrib`;
}
