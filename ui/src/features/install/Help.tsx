import { useState } from "react";
import { Collapse, UnstyledButton } from "@mantine/core";
import { ChevronDown, CircleHelp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { SupportLink } from "./SupportLink";
import classes from "./Help.module.css";

/** Help that does not interfere with the job (S-133). */
export function Help() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className={classes.help}>
      <UnstyledButton className={classes.toggle} aria-expanded={open} onClick={() => setOpen((now) => !now)}>
        <CircleHelp size={16} aria-hidden="true" />
        {t("install.helpTitle")}
        <ChevronDown size={15} data-open={open || undefined} aria-hidden="true" />
      </UnstyledButton>
      <Collapse expanded={open}>
        <ul className={classes.list}>
          <li>{t("install.helpPause")}</li>
          <li>{t("install.helpCancel")}</li>
          <li>{t("install.helpClose")}</li>
          <li>
            <SupportLink />
          </li>
        </ul>
      </Collapse>
    </div>
  );
}
