import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useHost } from "@/api/context";
import { hasEnded, useFeed } from "@/api/feed";
import type { Me } from "@/api/types";
import { visible, type Section } from "./nav";
import classes from "./SideNav.module.css";

/** The pages of the present part; only what the person may see. */
export function SideNav({ section, me }: { section: Section; me: Me | null }) {
  const { t } = useTranslation();
  const { host } = useHost();
  const running = useFeed().jobs.filter((job) => !hasEnded(job)).length;
  return (
    <nav aria-label={t("shell.pages")}>
      <ul className={classes.list}>
        {visible(section, me, host.kind === "window").map(({ to, label, icon: Icon, testId, exact }) => (
          <li key={to}>
            <Link
              to={to}
              className={classes.row}
              activeOptions={{ exact: exact ?? false }}
              data-testid={testId}
            >
              <Icon size={18} strokeWidth={1.8} aria-hidden="true" />
              <span>{t(label)}</span>
              {to === "/jobs" && running > 0 ? (
                <span className={classes.count} aria-label={t("shell.activeJobs", { count: running })}>
                  {running}
                </span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
