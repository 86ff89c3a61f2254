import { useState } from "react";
import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { bytes } from "@/lib/format";

interface CancelDialogProps {
  name: string;
  /** Bytes that were fetched already. */
  held: number;
  opened: boolean;
  onClose: () => void;
  onAsk: (ask: "cancel" | "cancel_and_keep") => void;
}

/** Asks before a job is given up, and what becomes of what was fetched for it. */
export function CancelDialog({ name, held, opened, onClose, onAsk }: CancelDialogProps) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(false);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("jobs.cancelTitle")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="sm">
        <Text size="sm">{t("jobs.cancelText", { name })}</Text>
        {held > 0 ? (
          <Radio.Group
            label={t("jobs.heldQuestion", { size: bytes(held) })}
            value={kept ? "kept" : "dropped"}
            onChange={(value) => setKept(value === "kept")}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="dropped" label={t("jobs.heldDropped")} data-testid="job-cancel-drop" />
              <Radio value="kept" label={t("jobs.heldKept")} data-testid="job-cancel-keep" />
            </Stack>
          </Radio.Group>
        ) : null}
        <Text size="sm" c="dimmed">
          {t("jobs.cancelKeep")}
        </Text>
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onClose}>
            {t("jobs.cancelBack")}
          </Button>
          <Button
            color="brick"
            data-testid="job-cancel-confirm"
            onClick={() => onAsk(kept ? "cancel_and_keep" : "cancel")}
          >
            {t("jobs.cancelConfirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
