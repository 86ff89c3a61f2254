import { useTranslation } from "react-i18next";
import { useHandOver } from "@/api/hand-over";
import { CopyLine } from "@/components/CopyLine";
import { InstallNow } from "@/components/InstallNow";
import type { TileSubject } from "./tile";
import classes from "./OpenInProgram.module.css";

/** In a browser: hands over to the Toolcrib program, and gives admins the command for other computers. */
export function OpenInProgram({ subject }: { subject: TileSubject }) {
  const { t } = useTranslation();
  const wanted = { product: subject.product, version: subject.entitlement?.version ?? null };
  const handOver = useHandOver(wanted);
  const command = `toolcrib install ${subject.product}`;
  const forOthers = subject.entitlement?.default_action !== "install_now";
  return (
    <>
      <InstallNow {...wanted} {...handOver} name={subject.name} />
      {forOthers ? (
        <div className={classes.others}>
          <p>{t("products.command")}</p>
          <CopyLine value={command} label={t("products.copyCommand")} />
        </div>
      ) : null}
    </>
  );
}
