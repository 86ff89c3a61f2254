import { Fragment, type ReactNode } from "react";
import classes from "./Facts.module.css";

/** A named value; one whose value is absent is not shown. */
export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

/** Named values below each other. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts
        .filter(({ value }) => value !== null && value !== undefined)
        .map(({ label, value }) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
