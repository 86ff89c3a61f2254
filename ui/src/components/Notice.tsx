import type { ReactNode } from "react";
import { CircleAlert, Info, OctagonAlert, TriangleAlert } from "lucide-react";
import { join } from "@/lib/join";
import type { Tone } from "@/lib/failure";
import classes from "./Notice.module.css";

interface NoticeProps {
  tone: Tone | "info";
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** Said at once by screen readers. */
  urgent?: boolean;
  className?: string | undefined;
}

const icons = { quiet: CircleAlert, info: Info, warn: TriangleAlert, alarm: OctagonAlert } as const;

/** A message in the page. Its tone is told by icon and words, colour only supports them. */
export function Notice({ tone, title, children, action, urgent = false, className }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div className={join(classes.notice, className)} data-tone={tone} role={urgent ? "alert" : "note"}>
      <Icon size={18} className={classes.icon} aria-hidden="true" />
      <div className={classes.words}>
        <p className={classes.title}>{title}</p>
        {children ? <div className={classes.text}>{children}</div> : null}
      </div>
      {action ? <div className={classes.action}>{action}</div> : null}
    </div>
  );
}
