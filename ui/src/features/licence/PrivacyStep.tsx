import { Button, Group, Stack, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAcceptPrivacy } from "@/api/licence-queries";
import type { StatementView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import type { StepProps } from "./GateDialog";
import classes from "./GateDialog.module.css";

/** The privacy statement, once for each person and version (S-140). */
export function PrivacyStep({ statement, onAgain, onGiveUp }: { statement: StatementView } & StepProps) {
  const { t } = useTranslation();
  const accept = useAcceptPrivacy();
  return (
    <Stack gap="md">
      <p className={classes.lead}>{t("gate.privacyLead", { version: statement.version })}</p>
      <Textarea
        readOnly
        rows={12}
        label={statement.title}
        value={statement.text}
        data-testid="privacy-text"
      />
      {accept.error ? <FailureNotice failure={accept.error} /> : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onGiveUp}>
          {t("gate.decline")}
        </Button>
        <Button
          data-testid="accept-privacy"
          data-autofocus
          loading={accept.isPending}
          onClick={() => accept.mutate(statement.version, { onSuccess: onAgain })}
        >
          {t("gate.accept")}
        </Button>
      </Group>
    </Stack>
  );
}
