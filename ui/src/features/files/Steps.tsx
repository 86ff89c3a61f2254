import { useState, type ReactNode } from "react";
import { Button, SegmentedControl } from "@mantine/core";
import { FileDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { FetchScript, PackageFiles } from "@/api/types";
import { CopyLine } from "@/components/CopyLine";
import { Panel } from "@/components/Panel";
import { moment } from "@/lib/format";
import { platformOf } from "./choice";
import classes from "./FilesPage.module.css";

/** From here to the installed product: get the script, run it, install. */
export function Steps({ files }: { files: PackageFiles }) {
  const { t } = useTranslation();
  const usual = platformOf(navigator.userAgent).startsWith("windows") ? "powershell" : "sh";
  const [shell, choose] = useState(usual);
  const script = files.scripts.find((one) => one.shell === shell) ?? files.scripts[0];
  if (!script) return null;
  return (
    <Panel
      title={t("files.stepsTitle")}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t("files.shell")}
          data-testid="files-shell"
          value={shell}
          onChange={choose}
          data={[
            { value: "sh", label: t("files.sh") },
            { value: "powershell", label: t("files.powershell") },
          ]}
        />
      }
    >
      <ol className={classes.steps}>
        <Get script={script} />
        <Run script={script} />
        <Install files={files} />
      </ol>
    </Panel>
  );
}

function Get({ script }: { script: FetchScript }) {
  const { t } = useTranslation();
  return (
    <Step title={t("files.getTitle")}>
      <p className={classes.note}>{t("files.getText")}</p>
      <Button
        component="a"
        href={script.url}
        download={script.file}
        className={classes.get}
        leftSection={<FileDown size={16} />}
        data-testid="files-script"
      >
        {t("files.get")}
      </Button>
    </Step>
  );
}

function Run({ script }: { script: FetchScript }) {
  const { t } = useTranslation();
  return (
    <Step title={t("files.runTitle")}>
      <CopyLine value={script.run_command} label={t("files.copyRun")} testId="files-run" />
      <details className={classes.more}>
        <summary>{t("files.noBrowser")}</summary>
        <CopyLine value={script.fetch_command} label={t("files.copyFetch")} testId="files-fetch" />
      </details>
    </Step>
  );
}

function Install({ files }: { files: PackageFiles }) {
  const { t } = useTranslation();
  const until = files.installable_until;
  return (
    <Step title={t("files.installTitle")}>
      <p className={classes.note}>{t("files.installText")}</p>
      <CopyLine value={files.install_command} label={t("files.copyInstall")} testId="files-install" />
      {until ? <p className={classes.note}>{t("files.until", { moment: moment(until) })}</p> : null}
      <h4 className={classes.minor}>{t("files.fingerprint")}</h4>
      <CopyLine value={files.fingerprint} label={t("files.copyFingerprint")} testId="files-fingerprint" />
      <p className={classes.note}>{t("files.fingerprintText")}</p>
    </Step>
  );
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li>
      <h3 className={classes.step}>{title}</h3>
      <div className={classes.body}>{children}</div>
    </li>
  );
}
