import { useState } from "react";
import { Button, FileButton, Group, Stack, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useExpect, useExpected, useSilent } from "@/api/readiness-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Panel } from "@/components/Panel";
import { useUnsaved } from "@/components/use-unsaved";
import { namesIn } from "./place";
import classes from "./Readiness.module.css";

/** The computers that never reported, and the list of those that are awaited (I6). */
export function Silent({ check }: { check: string }) {
  const { t } = useTranslation();
  const silent = useSilent(check);
  const expected = useExpected(check);
  const names = silent.data?.pages.flatMap(({ items }) => items) ?? [];
  const awaited = expected.data?.names;
  return (
    <Stack gap="lg">
      <Panel title={t("readinessMachines.silentTitle")} lead={t("readinessMachines.silentLead")}>
        {silent.isPending ? <Loading /> : null}
        {silent.error ? (
          <FailureNotice failure={silent.error} remedies={{ retry: () => void silent.refetch() }} />
        ) : null}
        {silent.data && names.length === 0 ? (
          <p className={classes.muted}>
            {t(awaited?.length === 0 ? "readinessMachines.silentNoList" : "readinessMachines.silentNone")}
          </p>
        ) : null}
        <ul className={classes.list} data-testid="silent-list">
          {names.map(({ name }) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
        {silent.hasNextPage ? (
          <Button mt="md" variant="default" onClick={() => void silent.fetchNextPage()}>
            {t("readiness.loadMore")}
          </Button>
        ) : null}
      </Panel>
      {expected.error ? <FailureNotice failure={expected.error} /> : null}
      {awaited ? <Expected check={check} names={awaited} /> : null}
    </Stack>
  );
}

function Expected({ check, names }: { check: string; names: readonly string[] }) {
  const { t } = useTranslation();
  const expect = useExpect(check);
  // Until something is typed, the list is as it is saved, also where somebody else saves another one meanwhile.
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? names.join("\n");
  const unsaved = useUnsaved(typed !== null && namesIn(typed).join("\n") !== names.join("\n"));
  const read = (file: File | null) => {
    if (file) void file.text().then(setTyped);
  };
  return (
    <Panel title={t("readinessMachines.expected")} lead={t("readinessMachines.expectedLead")}>
      <Stack gap="md">
        <Textarea
          aria-label={t("readinessMachines.expected")}
          value={text}
          autosize
          minRows={4}
          maxRows={16}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-testid="expected-names"
        />
        {expect.error ? <FailureNotice failure={expect.error} /> : null}
        <Group>
          <Button
            loading={expect.isPending}
            onClick={() => expect.mutate(namesIn(text), { onSuccess: () => setTyped(null) })}
            data-testid="expected-save"
          >
            {t("readinessMachines.expectedSave")}
          </Button>
          <FileButton accept=".txt,.csv,text/plain,text/csv" onChange={read}>
            {(props) => (
              <Button variant="default" {...props}>
                {t("readinessMachines.expectedFile")}
              </Button>
            )}
          </FileButton>
          <span className={classes.muted}>
            {t("readinessMachines.expectedSaved", { count: names.length })}
          </span>
        </Group>
      </Stack>
      {unsaved.question}
    </Panel>
  );
}
