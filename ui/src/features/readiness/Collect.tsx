import { Button, Stack } from "@mantine/core";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useHost } from "@/api/context";
import { files, type ReadinessCheck, type ReadinessPack } from "@/api/readiness";
import { usePack } from "@/api/readiness-queries";
import { CopyAction } from "@/components/CopyAction";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { bytes, platform } from "@/lib/format";
import { ImportReports } from "./ImportReports";
import classes from "./Readiness.module.css";

/** Taking the check to the computers, and their reports back (I2, I3). */
export function Collect({ check }: { check: ReadinessCheck }) {
  const { t } = useTranslation();
  const pack = usePack(check.check);
  if (pack.isPending) return <Loading />;
  if (pack.error)
    return <FailureNotice failure={pack.error} remedies={{ retry: () => void pack.refetch() }} />;
  const open = check.state === "open";
  return (
    <Stack gap="lg">
      {open ? null : <Notice tone="info" title={t("readinessCollect.closed")} />}
      {open ? <Bundle check={check.check} pack={pack.data} /> : null}
      <Checker pack={pack.data} />
      {open ? <Commands pack={pack.data} /> : null}
      {open ? <ImportReports check={check.check} /> : null}
    </Stack>
  );
}

function Bundle({ check, pack }: { check: string; pack: ReadinessPack }) {
  const { t } = useTranslation();
  const inBrowser = useHost().host.kind === "browser";
  return (
    <Panel title={t("readinessCollect.bundle")} lead={t("readinessCollect.bundleLead")}>
      <Stack gap="sm">
        <div className={classes.row}>
          {inBrowser ? (
            <Button
              component="a"
              href={files.bundle(check)}
              download={pack.bundle_file}
              leftSection={<Download size={16} />}
              data-testid="bundle-download"
            >
              {t("readinessCollect.bundleDownload", { file: pack.bundle_file })}
            </Button>
          ) : null}
          <span className={classes.digest}>{pack.bundle_url}</span>
          <CopyAction value={pack.bundle_url} label={t("readinessCollect.bundleLink")} />
        </div>
        <div className={classes.row}>
          <span className={classes.muted}>{t("readinessCollect.key")}</span>
          <span className={classes.digest}>{pack.key_id}</span>
          <CopyAction value={pack.key_id} label={t("readinessCollect.keyCopy")} />
        </div>
      </Stack>
    </Panel>
  );
}

function Checker({ pack }: { pack: ReadinessPack }) {
  const { t } = useTranslation();
  const inBrowser = useHost().host.kind === "browser";
  return (
    <Panel title={t("readinessCollect.checker")} lead={t("readinessCollect.checkerLead")}>
      {pack.programs.length === 0 ? (
        <p className={classes.muted}>{t("readinessCollect.checkerNone")}</p>
      ) : null}
      <ul className={classes.list}>
        {pack.programs.map((program) => (
          <li key={program.platform} className={classes.row}>
            {inBrowser ? (
              <Button component="a" variant="default" href={program.url} download={program.file}>
                {t("readinessCollect.checkerDownload", { platform: platform(program.platform) })}
              </Button>
            ) : (
              <span>{platform(program.platform)}</span>
            )}
            <span className={classes.muted}>{bytes(program.size_bytes)}</span>
            <span className={classes.digest}>{program.sha256}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Commands({ pack }: { pack: ReadinessPack }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("readinessCollect.commands")} lead={t("readinessCollect.commandsLead")}>
      <ul className={classes.list}>
        {pack.commands.map(({ tool, name, note, text }) => (
          <li key={tool}>
            <div className={classes.between}>
              <b>{name}</b>
              <CopyAction value={text} label={t("readinessCollect.copy", { tool: name })} />
            </div>
            <p className={classes.muted}>{note}</p>
            <pre className={classes.command}>{text}</pre>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
