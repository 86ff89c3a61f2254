/** Reasons are written in lower case without a full stop; people read sentences. */
export function asSentence(text: string): string {
  const trimmed = text.trim();
  if (!trimmed) return "";
  const begun = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…:]$/.test(begun) ? begun : `${begun}.`;
}
