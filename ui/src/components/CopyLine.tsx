import type { ReactNode } from "react";
import { CopyAction } from "./CopyAction";
import classes from "./CopyLine.module.css";

interface CopyLineProps {
  value: string;
  /** What copying it is called. */
  label: string;
  testId?: string;
  /** How it is shown, if not as it is. */
  children?: ReactNode;
}

/** A word for a terminal or a file manager, in one line with its copy button. */
export function CopyLine({ value, label, testId, children = value }: CopyLineProps) {
  return (
    <div className={classes.line}>
      <code data-testid={testId}>{children}</code>
      <CopyAction value={value} label={label} />
    </div>
  );
}
