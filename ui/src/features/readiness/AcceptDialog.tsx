import { useState } from "react";
import { Text, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAccept } from "@/api/readiness-queries";
import { FormDialog } from "@/components/FormDialog";
import { dayIn, endOf } from "@/lib/day-field";
import { useNow } from "@/lib/use-now";

/** What is to be accepted: a rule on all computers, or on one. */
export interface Acceptable {
  readonly rule: string;
  readonly text: string;
  readonly product?: string;
  readonly machine?: { readonly id: string; readonly name: string };
}

interface AcceptDialogProps {
  check: string;
  finding: Acceptable;
  onClose: () => void;
}

/** How long it is accepted unless somebody says otherwise. */
const usualDays = 90;

/** Accepts what is lacking, in the person's own name: why, and until when. */
export function AcceptDialog({ check, finding, onClose }: AcceptDialogProps) {
  const { t } = useTranslation();
  const now = useNow();
  const accept = useAccept(check);
  const [reason, setReason] = useState("");
  const [usual] = useState(() => dayIn(usualDays, Date.now()));
  const [until, setUntil] = useState(usual);
  const [asked, setAsked] = useState(false);
  const end = endOf(until);
  const later = end !== null && new Date(end).getTime() > now;
  const submit = () => {
    setAsked(true);
    if (!reason.trim() || !end || !later) return;
    const { rule, product, machine } = finding;
    accept.mutate(
      {
        rule,
        reason,
        ends_at: end,
        ...(product ? { product } : {}),
        ...(machine ? { machine: machine.id } : {}),
      },
      { onSuccess: onClose },
    );
  };
  return (
    <FormDialog
      title={t("readinessSign.acceptTitle", { text: finding.text })}
      confirm={t("readinessSign.accept")}
      act={accept}
      dirty={reason.trim() !== "" || until !== usual}
      testId="accept-confirm"
      onClose={onClose}
      onConfirm={submit}
    >
      <Text size="sm">{t("readinessSign.acceptLead")}</Text>
      <Text size="sm">
        {t("readinessSign.acceptFor")}:{" "}
        <b>
          {finding.machine
            ? t("readinessSign.acceptOne", { name: finding.machine.name })
            : t("readinessSign.acceptAll")}
        </b>
      </Text>
      <Textarea
        label={t("readinessSign.reason")}
        value={reason}
        autosize
        minRows={2}
        maxLength={500}
        error={asked && !reason.trim() ? t("readinessSign.reasonMissing") : null}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
        data-testid="accept-reason"
      />
      <TextInput
        type="date"
        label={t("readinessSign.until")}
        value={until}
        error={later ? null : t("readinessSign.untilPassed")}
        onChange={(event) => setUntil(event.currentTarget.value)}
        data-testid="accept-until"
      />
    </FormDialog>
  );
}
