import { Fragment } from "react";

/** A path that breaks after its separators, not within a name. */
export function PathText({ path }: { path: string }) {
  const pieces = path.split(/(?<=[/\\])/);
  return pieces.map((piece, index) => (
    <Fragment key={pieces.slice(0, index + 1).join("")}>
      {piece}
      <wbr />
    </Fragment>
  ));
}
