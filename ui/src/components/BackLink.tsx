import { ArrowLeft } from "lucide-react";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import classes from "./BackLink.module.css";

/** The way back to the page above. */
export function BackLink({ to, children }: { to: NonNullable<LinkProps["to"]>; children: ReactNode }) {
  return (
    <Link to={to} className={classes.back}>
      <ArrowLeft size={15} aria-hidden="true" />
      {children}
    </Link>
  );
}
