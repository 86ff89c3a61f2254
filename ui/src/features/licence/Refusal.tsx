import { Button, Group, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { RefusalView } from "@/api/native.gen";
import { CopyAction } from "@/components/CopyAction";
import { DevicesInUse } from "./DevicesInUse";
import type { StepProps } from "./GateDialog";
import { OtherWays } from "./OtherWays";
import { Why } from "./Why";
import classes from "./GateDialog.module.css";

/** It may not start: why, by which rule, until when, and what helps. */
export function Refusal({ refusal, ...step }: { refusal: RefusalView } & StepProps) {
  const { t } = useTranslation();
  const { licence, devices, administrators, message } = refusal;
  return (
    <Stack gap="md" data-testid="refusal" data-reason={licence.reason}>
      <p className={classes.lead} role="alert">
        {licence.sentence}
      </p>
      {message && !licence.sentence.includes(message) ? <p className={classes.small}>{message}</p> : null}
      <Why licence={licence} />
      {devices.length > 0 ? (
        <DevicesInUse product={step.product} devices={devices} onFreed={step.onAgain} />
      ) : null}
      {licence.act === "ask_administrator" && administrators.length > 0 ? (
        <WhomToAsk
          wanted={licence.reason.startsWith("contract_") ? "renewal" : "seat"}
          name={step.name}
          administrators={administrators}
        />
      ) : null}
      <OtherWays product={step.product} act={licence.act} onLeave={step.onGiveUp} />
      <Group justify="flex-end">
        {licence.act === "enter_serial" ? (
          <Button
            variant="default"
            onClick={step.onGiveUp}
            renderRoot={(props) => (
              <Link
                to="/products/$product/licence"
                params={{ product: step.product }}
                hash="serial"
                {...props}
              />
            )}
          >
            {t("gate.enterSerial")}
          </Button>
        ) : null}
        <Button data-testid="gate-again" data-autofocus onClick={step.onAgain}>
          {t("common.tryAgain")}
        </Button>
      </Group>
    </Stack>
  );
}

interface WhomToAskProps {
  wanted: "seat" | "renewal";
  name: string;
  administrators: readonly string[];
}

/** Whom to ask for what is lacking, with words that can be sent to them. */
function WhomToAsk({ wanted, name, administrators }: WhomToAskProps) {
  const { t } = useTranslation();
  const request = t(`gate.request.${wanted}`, { name });
  return (
    <div data-testid="whom-to-ask">
      <p className={classes.lead}>{t(`gate.ask.${wanted}`)}</p>
      <ul>
        {administrators.map((person) => (
          <li key={person}>{person}</li>
        ))}
      </ul>
      <p className={classes.small}>
        “{request}” <CopyAction value={request} label={t("gate.copyRequest")} />
      </p>
    </div>
  );
}
