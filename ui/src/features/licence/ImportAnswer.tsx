import { useState } from "react";
import { Button, FileButton, Group, Stack, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useImportAnswer } from "@/api/licence-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Notice } from "@/components/Notice";
import { useUnsaved } from "@/components/use-unsaved";

/** Takes in the answer that was carried here, pasted or from a file. */
export function ImportAnswer() {
  const { t } = useTranslation();
  const answer = useImportAnswer();
  const [text, setText] = useState("");
  const unsaved = useUnsaved(text.trim() !== "");
  const take = (given: string) => answer.mutate(given, { onSuccess: () => setText("") });
  return (
    <Stack gap="sm">
      {answer.error ? <FailureNotice failure={answer.error} /> : null}
      {answer.data ? <Notice tone="info" title={answer.data.sentence} /> : null}
      <Textarea
        label={t("carried.answer")}
        description={t("carried.answerHint")}
        data-testid="answer-text"
        rows={3}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group>
        <Button
          variant="default"
          data-testid="import-answer"
          disabled={!text.trim()}
          loading={answer.isPending}
          onClick={() => take(text)}
        >
          {t("carried.import")}
        </Button>
        <FileButton onChange={(file) => void file?.text().then(take)} accept="text/plain,.txt">
          {(props) => (
            <Button variant="subtle" {...props}>
              {t("carried.chooseFile")}
            </Button>
          )}
        </FileButton>
      </Group>
      {unsaved.question}
    </Stack>
  );
}
