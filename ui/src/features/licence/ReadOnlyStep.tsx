import { useState } from "react";
import { Button, Group, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { LicenceView } from "@/api/native.gen";
import type { StepProps } from "./GateDialog";
import { OtherWays } from "./OtherWays";
import { SignInStep } from "./SignInStep";
import { Why } from "./Why";
import classes from "./GateDialog.module.css";

/** The days are over; what was made can still be opened and looked at (U17). */
export function ReadOnlyStep({ licence, ...step }: { licence: LicenceView } & StepProps) {
  const { t } = useTranslation();
  const [signing, setSigning] = useState(false);
  if (signing) {
    return <SignInStep userId={licence.user_id} session licence={licence} {...step} />;
  }
  return (
    <Stack gap="md">
      <p className={classes.lead}>{t("gate.readOnlyLead")}</p>
      <p className={classes.small}>{licence.sentence}</p>
      <Why licence={licence} />
      <OtherWays product={step.product} act={licence.act} onLeave={step.onGiveUp} />
      <Group justify="flex-end">
        <Button variant="default" data-testid="gate-sign-in" onClick={() => setSigning(true)}>
          {t("gate.signIn")}
        </Button>
        <Button data-testid="open-to-look" data-autofocus onClick={step.onStart}>
          {t("gate.openToLook")}
        </Button>
      </Group>
    </Stack>
  );
}
