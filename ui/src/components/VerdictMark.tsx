import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import classes from "./VerdictMark.module.css";

/** How a requirement or a whole computer was judged. */
export type VerdictName = "pass" | "warn" | "fail";

const icons = { pass: CircleCheck, warn: TriangleAlert, fail: CircleX } as const;

/** The mark of a verdict; its shape tells as much as its colour. */
export function VerdictMark({ verdict, size = 18 }: { verdict: VerdictName; size?: number }) {
  const Icon = icons[verdict];
  return <Icon size={size} className={classes.mark} data-verdict={verdict} aria-hidden="true" />;
}
