import { Button } from "@mantine/core";
import { ExternalLink } from "lucide-react";
import { useTranslation } from "react-i18next";
import { CopyLine } from "@/components/CopyLine";
import type { TileSubject } from "./tile";
import classes from "./OpenInProgram.module.css";

/** In a browser: hands over to the Toolcrib program, and gives admins the command for other computers. */
export function OpenInProgram({ subject }: { subject: TileSubject }) {
  const { t } = useTranslation();
  const command = `toolcrib install ${subject.product}`;
  const forOthers = subject.entitlement?.default_action !== "install_now";
  return (
    <>
      <div>
        <Button
          fullWidth
          component="a"
          href={`toolcrib://install/${subject.product}`}
          leftSection={<ExternalLink size={16} />}
          data-testid={`install-${subject.product}`}
          disabled={!subject.entitlement?.version}
          aria-describedby={`hint-${subject.product}`}
        >
          {t("products.openProgram")}
        </Button>
        <p id={`hint-${subject.product}`} className={classes.hint}>
          {t("products.openProgramHint")}
        </p>
      </div>
      {forOthers ? (
        <div className={classes.others}>
          <p>{t("products.command")}</p>
          <CopyLine value={command} label={t("products.copyCommand")} />
        </div>
      ) : null}
    </>
  );
}
