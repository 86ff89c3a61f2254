import type { ReactNode } from "react";
import { join } from "@/lib/join";
import classes from "./Panel.module.css";

interface PanelProps {
  /** The heading; without one the panel is only a surface. */
  title?: string;
  /** What stands at the right of the heading. */
  aside?: ReactNode;
  lead?: string;
  children: ReactNode;
  className?: string | undefined;
  /** For panels that the page leads to: then they can be focused. */
  id?: string;
  /** For panels whose content brings its own edges, such as tables. */
  flush?: boolean;
}

/** A flat surface with an optional heading. */
export function Panel({ title, aside, lead, children, className, id, flush = false }: PanelProps) {
  return (
    <section
      className={join(classes.panel, flush && classes.flush, className)}
      {...(title ? { "aria-label": title } : {})}
      {...(id ? { id, tabIndex: -1 } : {})}
    >
      {title ? (
        <header className={classes.head}>
          <div>
            <h2 className={classes.title}>{title}</h2>
            {lead ? <p className={classes.lead}>{lead}</p> : null}
          </div>
          {aside}
        </header>
      ) : null}
      {children}
    </section>
  );
}
