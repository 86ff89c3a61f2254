import { useState, type FormEvent } from "react";
import { Button, FileButton, PasswordInput, Stack, Textarea, TextInput } from "@mantine/core";
import { FileUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAnswerOffline } from "@/api/offline";
import { FailureNotice } from "@/components/FailureNotice";
import { PageHead } from "@/components/PageHead";
import { Panel } from "@/components/Panel";
import { useUnsaved } from "@/components/use-unsaved";
import { Answer } from "./Answer";
import classes from "./OfflinePage.module.css";

/** Longer than any request with the line ends of a mail. */
const longest = 4_000;

/** Answers the request of a computer that has no network (X10, B-21). */
export function OfflinePage() {
  const { t } = useTranslation();
  const answer = useAnswerOffline();
  return (
    <div className={classes.page}>
      <PageHead title={t("offline.title")} lead={t("offline.lead")} />
      <Panel title={t("offline.how")}>
        <ol className={classes.steps}>
          {(["offline.stepOne", "offline.stepTwo", "offline.stepThree"] as const).map((step) => (
            <li key={step}>{t(step)}</li>
          ))}
        </ol>
      </Panel>
      {answer.data ? (
        <Answer reply={answer.data} onAnother={answer.reset} />
      ) : (
        <Panel title={t("offline.request")} lead={t("offline.requestLead")}>
          <Question answer={answer} />
        </Panel>
      )}
    </div>
  );
}

function Question({ answer }: { answer: ReturnType<typeof useAnswerOffline> }) {
  const { t } = useTranslation();
  const [request, setRequest] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState(false);
  const unsaved = useUnsaved(request.trim() !== "");
  const failure = answer.error?.code;
  const [proofAsked, setProofAsked] = useState(false);
  const [codeAsked, setCodeAsked] = useState(false);
  if (failure === "verification_needed" && !proofAsked) setProofAsked(true);
  if (failure === "second_step_needed" && !codeAsked) setCodeAsked(true);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(request.trim() === "");
    if (request.trim() === "") return;
    answer.mutate({
      request: request.trim(),
      ...(proofAsked && password ? { password } : {}),
      ...(codeAsked && code.trim() ? { code: code.trim() } : {}),
    });
  };
  const take = (file: File | null) => {
    void file?.slice(0, longest).text().then(setRequest);
  };

  return (
    <>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FileButton onChange={take}>
            {(props) => (
              <Button
                {...props}
                variant="default"
                className={classes.file}
                leftSection={<FileUp size={16} aria-hidden="true" />}
              >
                {t("offline.choose")}
              </Button>
            )}
          </FileButton>
          <Textarea
            data-testid="offline-request"
            label={t("offline.paste")}
            description={t("offline.pasteHint")}
            autosize
            minRows={4}
            maxRows={10}
            maxLength={longest}
            spellCheck={false}
            classNames={{ input: classes.text ?? "" }}
            value={request}
            error={missing ? t("offline.missing") : null}
            onChange={(event) => setRequest(event.currentTarget.value)}
          />
          {answer.error ? <FailureNotice failure={answer.error} /> : null}
          {proofAsked ? (
            <PasswordInput
              data-testid="offline-password"
              label={t("signIn.password")}
              autoComplete="current-password"
              value={password}
              visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          ) : null}
          {codeAsked ? (
            <TextInput
              data-testid="offline-code"
              label={t("signIn.code")}
              description={t("security.codeHint")}
              autoComplete="one-time-code"
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          ) : null}
          <div>
            <Button type="submit" loading={answer.isPending} data-testid="offline-answer">
              {t("offline.answer")}
            </Button>
          </div>
        </Stack>
      </form>
      {unsaved.question}
    </>
  );
}
