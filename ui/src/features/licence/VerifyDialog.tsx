import { useState, type FormEvent } from "react";
import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useVerifyLicence } from "@/api/actions";
import { FailureNotice } from "@/components/FailureNotice";

interface VerifyDialogProps {
  product: string;
  name: string;
  user: string | null;
  opened: boolean;
  onClose: () => void;
}

/** Asks for the password to prove who the person is (X5). */
export function VerifyDialog({ opened, onClose, ...rest }: VerifyDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("licence.verifyTitle")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <VerifyForm {...rest} onClose={onClose} />
    </Modal>
  );
}

function VerifyForm({ product, name, user, onClose }: Omit<VerifyDialogProps, "opened">) {
  const { t } = useTranslation();
  const verify = useVerifyLicence(product);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [codeAsked, setCodeAsked] = useState(false);
  const [missing, setMissing] = useState(false);
  if (verify.error?.code === "second_step_needed" && !codeAsked) setCodeAsked(true);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!password);
    if (password) verify.mutate({ password, code: codeAsked ? code.trim() : null }, { onSuccess: onClose });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{t("licence.verifyText", { name })}</Text>
        {user ? (
          <Text size="sm" c="dimmed">
            {t("licence.verifyAs", { user })}
          </Text>
        ) : null}
        {verify.error ? <FailureNotice failure={verify.error} /> : null}
        <PasswordInput
          data-autofocus
          data-testid="verify-password"
          label={t("signIn.password")}
          autoComplete="current-password"
          value={password}
          error={missing ? t("signIn.passwordMissing") : null}
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
            setMissing(false);
          }}
        />
        {codeAsked ? (
          <TextInput
            data-testid="verify-code"
            label={t("signIn.code")}
            description={t("signIn.codeHint")}
            autoComplete="one-time-code"
            maxLength={24}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" data-testid="verify-submit" loading={verify.isPending}>
            {t("licence.verifyNow")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
