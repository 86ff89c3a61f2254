import type { FormEvent } from "react";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { IdentityProof } from "@/api/types";
import { FailureNotice } from "@/components/FailureNotice";
import type { Failure } from "@/lib/failure";
import { ProofFields, useProof } from "./ProofFields";

interface ProofFormProps {
  text: string;
  submit: string;
  danger?: boolean;
  pending: boolean;
  failure: Failure | null;
  onProof: (proof: IdentityProof) => void;
  onClose: () => void;
}

/** Asks for password and code before something is done to the account. */
export function ProofForm({ text, submit, danger, pending, failure, onProof, onClose }: ProofFormProps) {
  const { t } = useTranslation();
  const fields = useProof(true);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const proof = fields.given();
    if (proof && !pending) onProof(proof);
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Text size="sm">{text}</Text>
        {failure ? <FailureNotice failure={failure} /> : null}
        <ProofFields {...fields} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            type="submit"
            loading={pending}
            data-testid="proof-submit"
            {...(danger ? { color: "brick" } : {})}
          >
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ProofModalProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: React.ReactNode;
}

/** The frame of such a dialog; its content begins anew each time. */
export function ProofModal({ opened, onClose, title, children }: ProofModalProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {children}
    </Modal>
  );
}
