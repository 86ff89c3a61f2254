import type { FormEvent, ReactNode } from "react";
import { Button, Group as Row, Modal, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FailureNotice } from "@/components/FailureNotice";
import { useUnsaved } from "@/components/use-unsaved";
import type { Failure } from "@/lib/failure";

interface QuestionProps {
  title: string;
  confirm: string;
  pending: boolean;
  failure: Failure | null;
  disabled?: boolean;
  /** Whether something was written that would be lost. */
  dirty?: boolean;
  onClose: () => void;
  onConfirm: () => void;
  children: ReactNode;
}

/** Where a question begins: at what stands chosen, not at the way out. */
export const focused = (is: boolean) => (is ? { "data-autofocus": true } : {});

/**
 * What is asked before something is set for people: Enter confirms, Escape leaves all as it is, and asks first where
 * something was written.
 */
export function Question({
  title,
  confirm,
  pending,
  failure,
  disabled = false,
  dirty = false,
  onClose,
  onConfirm,
  children,
}: QuestionProps) {
  const { t } = useTranslation();
  const unsaved = useUnsaved(dirty);
  const close = () => unsaved.leave(onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!disabled) onConfirm();
  };
  return (
    <>
      <Modal
        opened
        onClose={close}
        closeOnEscape={!unsaved.question}
        title={title}
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            {children}
            {failure ? <FailureNotice failure={failure} /> : null}
            <Row justify="flex-end">
              <Button variant="default" onClick={onClose} data-testid="question-cancel">
                {t("common.cancel")}
              </Button>
              <Button type="submit" loading={pending} disabled={disabled} data-testid="question-confirm">
                {confirm}
              </Button>
            </Row>
          </Stack>
        </form>
      </Modal>
      {unsaved.question}
    </>
  );
}
