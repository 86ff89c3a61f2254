import { Loader, VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./Loading.module.css";

/** Something is on its way. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <div role="status" className={classes.loading}>
      <Loader size="md" aria-hidden="true" />
      <VisuallyHidden>{t("common.loading")}</VisuallyHidden>
    </div>
  );
}
