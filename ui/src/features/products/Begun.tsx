import { Button, Group, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { BegunView } from "@/api/native.gen";
import { withNames } from "@/components/names";
import { asSentence } from "@/lib/sentence";
import classes from "./UpdateAllDialog.module.css";

/** What came of updating everything: what runs now, and what could not begin and why. */
export function Begun({ begun, onClose }: { begun: BegunView; onClose: () => void }) {
  const { t } = useTranslation();
  const count = begun.jobs.length;
  return (
    <Stack gap="md">
      <p className={classes.note} role="status">
        {count > 0 ? t("updates.begun", { count }) : t("updates.noneBegun")}
      </p>
      {begun.not_begun.length > 0 ? (
        <section aria-label={t("updates.notBegun")}>
          <h3 className={classes.heading}>{t("updates.notBegun")}</h3>
          <ul className={classes.list} data-testid="update-all-not-begun">
            {begun.not_begun.map(({ product, name, failure }) => (
              <li key={product}>
                <span>
                  <b>{name}</b> {withNames(asSentence(failure.message))}{" "}
                  {withNames(asSentence(failure.advice))}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <Group justify="flex-end">
        <Button variant="default" data-testid="update-all-close" onClick={onClose}>
          {t("common.close")}
        </Button>
        {count > 0 ? (
          <Button data-testid="update-all-jobs" renderRoot={(props) => <Link to="/jobs" {...props} />}>
            {t("updates.showJobs")}
          </Button>
        ) : null}
      </Group>
    </Stack>
  );
}
