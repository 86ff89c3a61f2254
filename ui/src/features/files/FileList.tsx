import { useState } from "react";
import { Button, Group } from "@mantine/core";
import { ListChecks, RefreshCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { PackageFile, PackageFiles } from "@/api/types";
import { CopyAction } from "@/components/CopyAction";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { PathText } from "@/components/PathText";
import { StackTable } from "@/components/StackTable";
import { bytes, moment } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import classes from "./FilesPage.module.css";

/** So many files are shown without being asked for: large products have hundreds of parts. */
const shownAtFirst = 20;

interface FileListProps {
  files: PackageFiles;
  renewing: boolean;
  onRenew: () => void;
}

/** The files one by one, with their digests; links that have ended are no links. */
export function FileList({ files, renewing, onRenew }: FileListProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const ended = new Date(files.expires_at).getTime() <= useNow();
  const shown = all ? files.files : files.files.slice(0, shownAtFirst);
  const renew = (
    <Button
      variant="default"
      size="xs"
      leftSection={<RefreshCw size={14} />}
      data-testid="files-renew"
      loading={renewing}
      onClick={onRenew}
    >
      {t("files.renew")}
    </Button>
  );
  return (
    <Panel title={t("files.listTitle")} lead={t("files.listLead")}>
      <div className={classes.group}>
        {ended ? (
          <Notice tone="warn" title={t("files.linksEnded")} action={renew}>
            {t("files.linksEndedText")}
          </Notice>
        ) : (
          <Group justify="space-between" gap="sm">
            <p className={classes.note}>{t("files.linksUntil", { moment: moment(files.expires_at) })}</p>
            {renew}
          </Group>
        )}
        <StackTable
          bare
          compact
          caption={t("files.listTitle")}
          rows={shown}
          keyOf={({ path }) => path}
          columns={[
            { label: t("files.file"), cell: (file) => <FileName file={file} ended={ended} /> },
            { label: t("files.size"), cell: (file) => <FileSize file={file} />, numeric: true },
            { label: t("files.digest"), cell: (file) => <FileDigest file={file} /> },
          ]}
        />
        <Group gap="sm">
          {shown.length < files.files.length ? (
            <Button variant="default" size="xs" data-testid="files-all" onClick={() => setAll(true)}>
              {t("files.showAll", { count: files.files.length })}
            </Button>
          ) : null}
          {ended ? null : (
            <Button
              component="a"
              variant="default"
              size="xs"
              href={files.sums_url}
              download="SHA256SUMS"
              leftSection={<ListChecks size={14} />}
              data-testid="files-sums"
            >
              {t("files.sums")}
            </Button>
          )}
        </Group>
      </div>
    </Panel>
  );
}

function FileName({ file, ended }: { file: PackageFile; ended: boolean }) {
  const shown = <PathText path={file.path} />;
  if (ended) return <span className={classes.name}>{shown}</span>;
  return (
    <a
      className={classes.name}
      href={file.url}
      download={file.path.split("/").at(-1)}
      data-testid={`file-${file.path}`}
    >
      {shown}
    </a>
  );
}

function FileSize({ file }: { file: PackageFile }) {
  return <span className={classes.size}>{bytes(file.size_bytes)}</span>;
}

/** The beginning of a digest is enough to look at; all of it is copied. */
function FileDigest({ file }: { file: PackageFile }) {
  const { t } = useTranslation();
  return (
    <span className={classes.digest}>
      <code title={file.sha256}>{file.sha256.slice(0, 16)}…</code>
      <CopyAction value={file.sha256} label={t("files.copyDigest", { file: file.path })} />
    </span>
  );
}
