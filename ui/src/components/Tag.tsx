import type { ReactNode } from "react";
import classes from "./Tag.module.css";

/** A small flat label. */
export function Tag({
  tone = "plain",
  children,
}: {
  tone?: "plain" | "ok" | "warn" | "bad" | "ink" | "raised";
  children: ReactNode;
}) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  );
}
