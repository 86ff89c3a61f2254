import { useEffect, type ReactNode } from "react";
import classes from "./PageHead.module.css";

interface PageHeadProps {
  title: string;
  lead?: string | undefined;
  /** What stands before the title, such as a way back. */
  before?: ReactNode;
  /** What stands at the right, such as a search. */
  actions?: ReactNode;
  icon?: ReactNode;
}

/** The head of a page; it names the window too. */
export function PageHead({ title, lead, before, actions, icon }: PageHeadProps) {
  useEffect(() => {
    document.title = `${title} · Toolcrib`;
  }, [title]);
  return (
    <header className={classes.head}>
      {before ? <div className={classes.before}>{before}</div> : null}
      <div className={classes.line}>
        <div className={classes.words}>
          {icon}
          <div>
            <h1 className={classes.title}>{title}</h1>
            {lead ? <p className={classes.lead}>{lead}</p> : null}
          </div>
        </div>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </div>
    </header>
  );
}
