import { useState } from "react";
import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAccept } from "@/api/readiness-queries";
import { FailureNotice } from "@/components/FailureNotice";
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

/** Accepts what is lacking, in the person's own name: why, and until when. */
export function AcceptDialog({ check, finding, onClose }: AcceptDialogProps) {
  const { t } = useTranslation();
  const now = useNow();
  const accept = useAccept(check);
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState(() => dayIn(90, Date.now()));
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
    <Modal
      opened
      onClose={onClose}
      title={t("readinessSign.acceptTitle", { text: finding.text })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="md">
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
        {accept.error ? <FailureNotice failure={accept.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button onClick={submit} loading={accept.isPending} data-testid="accept-confirm">
            {t("readinessSign.accept")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
