import { useState } from "react";
import { Button, Group, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { LicenceView } from "@/api/native.gen";
import type { StepProps } from "./GateDialog";
import { SignInStep } from "./SignInStep";
import { Why } from "./Why";
import classes from "./GateDialog.module.css";

/** It may start, and something is to be known first: the last days, the grace, the service's failure (U15). */
export function NoticeStep({
  licence,
  notice,
  ...step
}: { licence: LicenceView; notice: string } & StepProps) {
  const { t } = useTranslation();
  const [renewing, setRenewing] = useState(false);
  if (renewing) return <SignInStep userId={licence.user_id} session licence={licence} {...step} />;
  return (
    <Stack gap="md">
      <p className={classes.lead} data-testid="gate-notice">
        {notice}
      </p>
      <Why licence={licence} />
      <Group justify="flex-end">
        <Button
          variant="subtle"
          onClick={step.onGiveUp}
          renderRoot={(props) => (
            <Link to="/products/$product/licence" params={{ product: step.product }} {...props} />
          )}
        >
          {t("gate.why")}
        </Button>
        {licence.act === "sign_in" ? (
          <Button variant="default" data-testid="renew-now" onClick={() => setRenewing(true)}>
            {t("gate.renewNow")}
          </Button>
        ) : null}
        <Button data-testid="start-now" data-autofocus onClick={step.onStart}>
          {t("gate.startNow")}
        </Button>
      </Group>
    </Stack>
  );
}
