import type { ReactNode } from "react";

/** What stands between backticks is a name: of a file, a product, a server. */
export function withNames(text: string): ReactNode[] {
  const pieces = text.split("`");
  return pieces.map((piece, index) => {
    const place = pieces.slice(0, index + 1).join("`").length;
    return index % 2 === 1 && index < pieces.length - 1 ? <code key={place}>{piece}</code> : piece;
  });
}
