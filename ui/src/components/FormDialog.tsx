import type { FormEvent, ReactNode } from "react";
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FailureNotice } from "@/components/FailureNotice";
import { useUnsaved } from "@/components/use-unsaved";
import type { Failure } from "@/lib/failure";

interface FormDialogProps {
  title: string;
  /** The words of the button that does it. */
  confirm: string;
  /** What the button does: whether it is being done, and why it could not be. */
  act: { readonly isPending: boolean; readonly error: Failure | null };
  disabled?: boolean;
  /** Whether something was written that would be lost. */
  dirty?: boolean;
  /** Names the button for tests. */
  testId?: string;
  onClose: () => void;
  onConfirm: () => void;
  children: ReactNode;
}

/**
 * What is asked before something is done or set: Enter confirms, Escape leaves all as it is, and asks first where
 * something was written. The field with `data-autofocus` has the focus first.
 */
export function FormDialog({
  title,
  confirm,
  act,
  disabled = false,
  dirty = false,
  testId = "question-confirm",
  onClose,
  onConfirm,
  children,
}: FormDialogProps) {
  const { t } = useTranslation();
  const unsaved = useUnsaved(dirty);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!disabled && !act.isPending) onConfirm();
  };
  return (
    <>
      <Modal
        opened
        onClose={() => unsaved.leave(onClose)}
        closeOnEscape={!unsaved.question}
        title={title}
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            {children}
            {act.error ? <FailureNotice failure={act.error} /> : null}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose} data-testid="question-cancel">
                {t("common.cancel")}
              </Button>
              <Button type="submit" loading={act.isPending} disabled={disabled} data-testid={testId}>
                {confirm}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
      {unsaved.question}
    </>
  );
}
