import { useState, type FormEvent } from "react";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useChangeSerial, useSerial } from "@/api/licence-queries";
import type { SerialView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import { Panel } from "@/components/Panel";
import { SerialNumber } from "@/components/SerialNumber";
import { moment } from "@/lib/format";
import { isSerial } from "./serial";

/** The serial number: shown to those who may see it, entered, replaced, taken back (S-145…S-147). */
export function SerialPanel({ product }: { product: string }) {
  const { t } = useTranslation();
  const serial = useSerial(product);
  if (!serial.data?.asked) return null;
  return (
    <Panel title={t("serial.title")} lead={t("serial.lead")}>
      <Known serial={serial.data} />
      <Entry product={product} serial={serial.data} />
    </Panel>
  );
}

function Known({ serial }: { serial: SerialView }) {
  const { t } = useTranslation();
  if (serial.serial) return <SerialNumber serial={serial.serial} />;
  if (!serial.needed) return <p>{t("serial.attached")}</p>;
  return (
    <p data-testid="serial-needed">
      {serial.start_ends_at
        ? t("serial.neededBy", { date: moment(serial.start_ends_at) })
        : t("serial.needed")}
    </p>
  );
}

function Entry({ product, serial }: { product: string; serial: SerialView }) {
  const { t } = useTranslation();
  const change = useChangeSerial(product);
  const [typed, setTyped] = useState("");
  const [mistyped, setMistyped] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = !isSerial(typed);
    setMistyped(wrong);
    if (!wrong) change.mutate(typed.trim(), { onSuccess: () => setTyped("") });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" mt="md">
        {change.error ? <FailureNotice failure={change.error} /> : null}
        <TextInput
          data-testid="serial-entry"
          label={t(serial.needed ? "serial.enter" : "serial.update")}
          placeholder="123-45678906"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          error={mistyped ? t("serial.mistyped") : null}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setMistyped(false);
          }}
        />
        <Group gap="sm">
          <Button type="submit" data-testid="serial-submit" loading={change.isPending}>
            {t(serial.needed ? "serial.submit" : "serial.update")}
          </Button>
          {serial.can_undo ? (
            <Button
              variant="default"
              data-testid="serial-undo"
              disabled={change.isPending}
              onClick={() => change.mutate(null)}
            >
              {t("serial.undo")}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </form>
  );
}
