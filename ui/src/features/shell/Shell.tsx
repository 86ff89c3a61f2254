import { useEffect, useRef, useState, type ReactNode } from "react";
import { Drawer } from "@mantine/core";
import { useRouterState } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Me } from "@/api/types";
import { OfflineBanner } from "./OfflineBanner";
import { SideNav } from "./SideNav";
import { TopBar, TopNav } from "./TopBar";
import { sectionOf } from "./nav";
import classes from "./Shell.module.css";

interface ShellProps {
  /** The signed-in person; null while the server cannot be reached. */
  me: Me | null;
  /** What stands below every page, such as running jobs. */
  strip: ReactNode;
  children: ReactNode;
}

/** The frame around every page: top navigation, left navigation, page. */
export function Shell({ me, strip, children }: ShellProps) {
  const { t } = useTranslation();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [menuAt, setMenuAt] = useState<string | null>(null);
  const main = useFocusOnTravel(path);
  const section = sectionOf(path);
  const menu = menuAt === path; // it closes by itself when another page opens
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {t("shell.skip")}
      </a>
      <TopBar me={me} section={section} menuOpen={menu} onMenu={() => setMenuAt(path)} />
      <div className={classes.body}>
        <div className={classes.side}>
          <SideNav section={section} me={me} />
        </div>
        <div className={classes.column}>
          <OfflineBanner />
          <main id="content" ref={main} tabIndex={-1} className={classes.main}>
            {children}
          </main>
          {strip}
        </div>
      </div>
      <Drawer
        opened={menu}
        onClose={() => setMenuAt(null)}
        size="18rem"
        title={t("shell.pages")}
        closeButtonProps={{ "aria-label": t("shell.closeMenu") }}
      >
        <TopNav section={section} stacked />
        <SideNav section={section} me={me} />
      </Drawer>
    </div>
  );
}

/** Moves the focus to the page when another one opens, as a browser does for a new document. */
function useFocusOnTravel(path: string) {
  const main = useRef<HTMLElement>(null);
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    main.current?.focus({ preventScroll: true });
    window.scrollTo?.({ top: 0 });
  }, [path]);
  return main;
}
