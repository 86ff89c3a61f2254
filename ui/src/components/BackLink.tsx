import { ArrowLeft } from "lucide-react";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import classes from "./BackLink.module.css";

interface BackLinkProps {
  to: NonNullable<LinkProps["to"]>;
  /** What the address above says beside its path. */
  search?: NonNullable<LinkProps["search"]>;
  children: ReactNode;
}

/** The way back to the page above. */
export function BackLink({ to, search, children }: BackLinkProps) {
  return (
    <Link to={to} {...(search ? { search } : {})} className={classes.back}>
      <ArrowLeft size={15} aria-hidden="true" />
      {children}
    </Link>
  );
}
