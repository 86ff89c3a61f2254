import { useState, type FormEvent } from "react";
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useConfirmSecondStep, useOfferSecondStep } from "@/api/own-account";
import type { SecondStepOffer } from "@/api/types";
import { CopyAction } from "@/components/CopyAction";
import { FailureNotice } from "@/components/FailureNotice";
import { QrCode } from "@/components/QrCode";
import { Codes } from "./Codes";
import { ProofFields, useProof } from "./ProofFields";
import classes from "./SecurityPage.module.css";

interface DialogProps {
  opened: boolean;
  onClose: () => void;
}

/** Switches the second step on: password, the authenticator's first code, recovery codes. */
export function SetUpDialog({ opened, onClose }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      closeOnClickOutside={false}
      title={t("security.setUpTitle")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Steps onClose={onClose} />
    </Modal>
  );
}

function Steps({ onClose }: { onClose: () => void }) {
  const [offer, setOffer] = useState<SecondStepOffer | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes) return <Codes codes={codes} onDone={onClose} />;
  return offer ? (
    <Learn offer={offer} onCodes={setCodes} onClose={onClose} />
  ) : (
    <Begin onOffer={setOffer} onClose={onClose} />
  );
}

function Begin({ onOffer, onClose }: { onOffer: (offer: SecondStepOffer) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const offer = useOfferSecondStep();
  const fields = useProof(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const proof = fields.given();
    if (proof) offer.mutate(proof, { onSuccess: onOffer });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{t("security.setUpText")}</Text>
        {offer.error ? <FailureNotice failure={offer.error} /> : null}
        <ProofFields {...fields} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={offer.isPending} data-testid="proof-submit">
            {t("security.next")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface LearnProps {
  offer: SecondStepOffer;
  onCodes: (codes: readonly string[]) => void;
  onClose: () => void;
}

function Learn({ offer, onCodes, onClose }: LearnProps) {
  const { t } = useTranslation();
  const confirm = useConfirmSecondStep();
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const whole = /^\d{6}$/.test(code.trim());
    setMissing(!whole);
    if (whole) confirm.mutate(code.trim(), { onSuccess: (told) => onCodes(told.codes) });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{t("security.learnText")}</Text>
        <div className={classes.learn}>
          <QrCode text={offer.otpauth_url} label={t("security.qrLabel")} />
          <Stack gap="sm">
            <Text size="sm">{t("security.secretText")}</Text>
            <Group gap="xs" wrap="nowrap">
              <code className={classes.secret} data-testid="second-step-secret">
                {offer.secret.match(/.{1,4}/g)?.join(" ")}
              </code>
              <CopyAction value={offer.secret} label={t("security.copySecret")} />
            </Group>
            <TextInput
              data-testid="confirm-code"
              label={t("security.firstCode")}
              description={t("security.firstCodeHint")}
              autoComplete="one-time-code"
              inputMode="numeric"
              maxLength={6}
              value={code}
              error={missing ? t("signIn.codeMissing") : null}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          </Stack>
        </div>
        {confirm.error ? <FailureNotice failure={confirm.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={confirm.isPending} data-testid="confirm-submit">
            {t("security.switchOn")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
