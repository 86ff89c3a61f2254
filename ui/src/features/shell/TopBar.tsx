import { Link } from "@tanstack/react-router";
import { Menu as MenuIcon } from "lucide-react";
import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Me } from "@/api/types";
import { Mark } from "@/components/Mark";
import { AccountMenu } from "./AccountMenu";
import { sections, type Section } from "./nav";
import classes from "./TopBar.module.css";

interface TopBarProps {
  me: Me | null;
  section: Section;
  menuOpen: boolean;
  onMenu: () => void;
}

/** The bar at the top: name, the three parts, the account. */
export function TopBar({ me, section, menuOpen, onMenu }: TopBarProps) {
  const { t } = useTranslation();
  return (
    <header className={classes.bar}>
      <UnstyledButton
        className={classes.burger}
        onClick={onMenu}
        aria-label={t("shell.openMenu")}
        aria-expanded={menuOpen}
        data-testid="nav-burger"
      >
        <MenuIcon size={22} aria-hidden="true" />
      </UnstyledButton>
      <Link to="/products" className={classes.name}>
        <Mark size={28} />
        <span>Toolcrib</span>
      </Link>
      <TopNav section={section} />
      <AccountMenu me={me} />
    </header>
  );
}

/** Profile, Management, Support (S-43). */
export function TopNav({ section, stacked = false }: { section: Section; stacked?: boolean }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t("shell.sections")} className={stacked ? classes.stacked : classes.nav}>
      {sections.map((entry) => (
        <Link
          key={entry.section}
          to={entry.to}
          className={classes.part}
          activeProps={{}}
          data-here={entry.section === section || undefined}
          aria-current={entry.section === section ? "true" : undefined}
        >
          {t(entry.label)}
        </Link>
      ))}
    </nav>
  );
}
