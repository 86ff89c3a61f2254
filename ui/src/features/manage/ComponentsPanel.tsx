import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ListChecks } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { InstalledView } from "@/api/native.gen";
import { Panel } from "@/components/Panel";
import { bytes } from "@/lib/format";
import classes from "./ManagePage.module.css";

/** The installed components; others can be added and these removed at any time (S-127, S-128). */
export function ComponentsPanel({ installed }: { installed: InstalledView }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("install.components")}>
      <div className={classes.stack}>
        <ul className={classes.rows}>
          {installed.installed_components.map(({ id, name, version, installed_bytes }) => (
            <li key={id}>
              <span className={classes.name}>{name}</span>
              <span className={classes.figure}>
                {version} · {bytes(installed_bytes)}
              </span>
            </li>
          ))}
        </ul>
        <Button
          size="xs"
          variant="default"
          data-testid="manage-components"
          leftSection={<ListChecks size={15} />}
          renderRoot={(props) => (
            <Link
              to="/products/$product/install"
              params={{ product: installed.product }}
              search={{ version: installed.version }}
              {...props}
            />
          )}
        >
          {t("manage.changeComponents")}
        </Button>
      </div>
    </Panel>
  );
}
