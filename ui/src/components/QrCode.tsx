import { useMemo } from "react";
import { encode } from "uqr";
import classes from "./QrCode.module.css";

interface QrCodeProps {
  text: string;
  label: string;
  /** For long texts: more squares on more room, and less correction. */
  dense?: boolean;
}

/** A text as a QR code: dark on light in both appearances, since cameras expect that. */
export function QrCode({ text, label, dense = false }: QrCodeProps) {
  const code = useMemo(() => drawn(text, dense), [text, dense]);
  return (
    <svg
      className={classes.code}
      data-dense={dense || undefined}
      viewBox={`0 0 ${code.size} ${code.size}`}
      role="img"
      aria-label={label}
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={code.path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

/** The dark squares as one path, a row's neighbours as one stroke. */
function drawn(text: string, dense: boolean): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: dense ? "L" : "M", border: 4 });
  const rows = data.map((row, y) => {
    const squares = row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""));
    return squares.join("");
  });
  return { size, path: rows.join("") };
}
