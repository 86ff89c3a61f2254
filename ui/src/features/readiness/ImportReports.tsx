import { useState } from "react";
import { Button, FileButton, Stack } from "@mantine/core";
import { Upload } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ImportResult } from "@/api/readiness";
import { useImport } from "@/api/readiness-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Panel } from "@/components/Panel";
import { StackTable } from "@/components/StackTable";
import { Tag } from "@/components/Tag";
import { batches } from "./batches";
import classes from "./Readiness.module.css";

/** How many results are listed at once. */
const mostListed = 200;
const tones = { taken: "ok", known: "plain", refused: "bad" } as const;

async function encoded(file: File): Promise<{ name: string; content: string }> {
  const raw = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < raw.length; at += 0x8000)
    text += String.fromCodePoint(...raw.subarray(at, at + 0x8000));
  return { name: file.name, content: btoa(text) };
}

/** Takes reports that were left as files, and says what became of each. */
export function ImportReports({ check }: { check: string }) {
  const { t } = useTranslation();
  const taken = useImport(check);
  const [progress, setProgress] = useState({ done: 0, all: 0 });
  const read = (files: File[]) => {
    if (files.length === 0) return;
    setProgress({ done: 0, all: files.length });
    taken.mutate({
      groups: batches(files).map((group) => () => Promise.all(group.map(encoded))),
      onDone: (count) => setProgress(({ done, all }) => ({ done: done + count, all })),
    });
  };
  const counted = { done: progress.done, count: progress.all };
  return (
    <Panel title={t("readinessCollect.import")} lead={t("readinessCollect.importLead")}>
      <Stack gap="md" align="flex-start">
        <FileButton multiple accept=".json,.zip,application/json,application/zip" onChange={read}>
          {(props) => (
            <Button
              variant="default"
              leftSection={<Upload size={16} />}
              loading={taken.isPending}
              data-testid="import-choose"
              {...props}
            >
              {t("readinessCollect.importChoose")}
            </Button>
          )}
        </FileButton>
        {taken.isPending ? <p role="status">{t("readinessCollect.importProgress", counted)}</p> : null}
        {taken.error ? <FailureNotice failure={taken.error} /> : null}
        {taken.error && progress.done > 0 ? <p>{t("readinessCollect.importBroken", counted)}</p> : null}
        {taken.data ? (
          <p role="status">
            {t("readinessCollect.importDone", {
              taken: taken.data.taken_count,
              known: taken.data.known_count,
              refused: taken.data.refused_count,
            })}
          </p>
        ) : null}
        {taken.data ? <Results results={taken.data.results} /> : null}
      </Stack>
    </Panel>
  );
}

/** The refused first: they are what somebody has to look at. */
function Results({ results }: { results: readonly ImportResult[] }) {
  const { t } = useTranslation();
  const order = { refused: 0, taken: 1, known: 2 } as const;
  const sorted = results.toSorted((left, right) => order[left.outcome] - order[right.outcome]);
  return (
    <StackTable
      bare
      compact
      caption={t("readinessCollect.import")}
      rows={sorted.slice(0, mostListed)}
      keyOf={({ file, machine }) => `${file}/${machine ?? ""}`}
      columns={[
        { label: t("readinessCollect.importFile"), cell: ({ file }) => file },
        {
          label: t("readinessCollect.importOutcome"),
          cell: ({ outcome, machine, reason }) => (
            <>
              <Tag tone={tones[outcome]}>{t(`readinessCollect.outcomes.${outcome}`)}</Tag>{" "}
              <span className={classes.values}>{machine ?? reason}</span>
            </>
          ),
        },
      ]}
    />
  );
}
