import { Button, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Download, FolderOpen } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useShowDownload } from "@/api/actions";
import { useCarriedBy } from "@/api/fetching";
import type { JobView } from "@/api/native.gen";
import { useApp } from "@/api/queries";
import { CopyLine } from "@/components/CopyLine";
import { DoneHead } from "@/components/DoneHead";
import { FailureNotice } from "@/components/FailureNotice";
import { Panel } from "@/components/Panel";
import { PathText } from "@/components/PathText";
import { platform } from "@/lib/format";
import { shellWord } from "@/lib/shell-word";
import classes from "./DownloadPage.module.css";

/** It is downloaded: where it is, and how it is installed from there, here and elsewhere (S-121, S-122). */
export function Downloaded({ job, onAgain }: { job: JobView; onAgain: () => void }) {
  const { t } = useTranslation();
  const show = useShowDownload(job.id);
  const folder = job.folder ?? "";
  const here = useApp().data?.platform ?? "";
  const there = job.platform;
  const carried = useCarriedBy(job.id).data;
  const command = [
    "toolcrib",
    ...(carried ? ["--server", carried.server] : []),
    `install ${job.product} --from ${shellWord(folder, there ?? here)}`,
    ...(carried ? ["--trust", carried.fingerprint] : []),
  ].join(" ");
  return (
    <Panel>
      <div className={classes.stack}>
        <DoneHead
          title={t("download.doneTitle", { name: job.name })}
          text={
            there
              ? t("download.doneFor", { version: job.version, platform: platform(there) })
              : t("download.doneText", { version: job.version })
          }
        />
        <section className={classes.word} aria-label={t("install.folder")}>
          <h3>{t("install.folder")}</h3>
          <CopyLine value={folder} label={t("download.copyFolder")} testId="download-folder">
            <PathText path={folder} />
          </CopyLine>
          <p className={classes.note}>{t("download.together")}</p>
        </section>
        <section className={classes.word} aria-label={t("products.command")}>
          <h3>{t("products.command")}</h3>
          <CopyLine value={command} label={t("products.copyCommand")} testId="download-command" />
          <p className={classes.note}>{t(there ? "download.commandThere" : "download.commandHint")}</p>
        </section>
        {show.error ? <FailureNotice failure={show.error} /> : null}
        <Group gap="sm">
          {there ? null : <InstallFrom job={job} />}
          <Button
            variant="default"
            leftSection={<FolderOpen size={16} />}
            data-testid="download-show"
            loading={show.isPending}
            onClick={() => show.mutate()}
          >
            {t("download.openFolder")}
          </Button>
          <Button variant="subtle" onClick={onAgain}>
            {t("download.another")}
          </Button>
        </Group>
      </div>
    </Panel>
  );
}

function InstallFrom({ job }: { job: JobView }) {
  const { t } = useTranslation();
  return (
    <Button
      leftSection={<Download size={16} />}
      data-testid="download-install"
      renderRoot={(props) => (
        <Link
          to="/products/$product/install"
          params={{ product: job.product }}
          search={{ version: job.version, from: job.id }}
          {...props}
        />
      )}
    >
      {t("download.installFrom")}
    </Button>
  );
}
