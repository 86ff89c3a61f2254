import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import classes from "./SupportLink.module.css";

/** Leads to the log and to the file for whoever helps (S-134, S-136); a job goes on meanwhile. */
export function SupportLink() {
  const { t } = useTranslation();
  return (
    <Link to="/support/connection" className={classes.link} data-testid="install-support">
      {t("install.support")}
    </Link>
  );
}
