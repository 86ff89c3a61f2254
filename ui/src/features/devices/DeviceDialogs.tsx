import type { ReactNode } from "react";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FailureNotice } from "@/components/FailureNotice";
import type { Failure } from "@/lib/failure";

interface DialogProps {
  opened: boolean;
  pending: boolean;
  failure: Failure | null;
  onClose: () => void;
  onConfirm: () => void;
}

function Confirm({
  opened,
  pending,
  failure,
  onClose,
  onConfirm,
  title,
  text,
  action,
}: DialogProps & {
  title: string;
  text: ReactNode;
  action: string;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="md">
        <Text size="sm">{text}</Text>
        {failure ? <FailureNotice failure={failure} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button color="brick" loading={pending} onClick={onConfirm} data-testid="confirm-device-act">
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Before a product is released from a computer: what that means there. */
export function ReleaseDialog({ name, device, ...rest }: DialogProps & { name: string; device: string }) {
  const { t } = useTranslation();
  return (
    <Confirm
      {...rest}
      title={t("devices.releaseTitle", { name, device })}
      text={t("devices.releaseText", { name })}
      action={t("devices.release")}
    />
  );
}

/** Before somebody is signed out of a computer. */
export function SignOutDialog({ name, ...rest }: DialogProps & { name: string }) {
  const { t } = useTranslation();
  return (
    <Confirm
      {...rest}
      title={t("devices.signOutTitle", { device: name })}
      text={t("devices.signOutText")}
      action={t("devices.signOut")}
    />
  );
}
