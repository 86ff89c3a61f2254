import { useState } from "react";
import { Button, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useConfirmIdentity } from "@/api/licence-queries";
import type { LicenceView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import type { StepProps } from "./GateDialog";
import { SignInStep } from "./SignInStep";
import classes from "./GateDialog.module.css";

/** One click says who it is, while the sign-in is fresh (S-142). */
export function ContinueStep({ licence, ...step }: { licence: LicenceView } & StepProps) {
  const { t } = useTranslation();
  const confirm = useConfirmIdentity(step.product);
  const [other, setOther] = useState(false);
  if (other) return <SignInStep userId={null} session={false} licence={licence} {...step} />;
  return (
    <Stack gap="md">
      <p className={classes.lead}>{t("gate.continueLead", { name: step.name })}</p>
      {confirm.error ? <FailureNotice failure={confirm.error} /> : null}
      <Stack gap="xs">
        <Button
          fullWidth
          data-testid="continue-as"
          data-autofocus
          loading={confirm.isPending}
          onClick={() => confirm.mutate(undefined, { onSuccess: step.onAgain })}
        >
          {t("gate.continueAs", { user: licence.user_id ?? "" })}
        </Button>
        <Button fullWidth variant="default" onClick={() => setOther(true)}>
          {t("gate.somebodyElse")}
        </Button>
      </Stack>
    </Stack>
  );
}
