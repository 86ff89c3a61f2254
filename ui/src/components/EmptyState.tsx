import type { ReactNode } from "react";
import type { LucideIcon } from "lucide-react";
import classes from "./EmptyState.module.css";

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  text: string;
  action?: ReactNode;
  /** The level of the heading: 1 where nothing else is on the page. */
  level?: 1 | 2;
}

/** What stands where there is nothing yet: why, and what to do about it. */
export function EmptyState({ icon: Icon, title, text, action, level = 2 }: EmptyStateProps) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className={classes.empty}>
      <span className={classes.icon}>
        <Icon size={26} strokeWidth={1.6} aria-hidden="true" />
      </span>
      <Heading className={classes.title}>{title}</Heading>
      <p className={classes.text}>{text}</p>
      {action}
    </div>
  );
}
