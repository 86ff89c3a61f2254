import { useState, type FormEvent } from "react";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useTakeOffline } from "@/api/licence-queries";
import type { LicenceView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { moment } from "@/lib/format";

/** Takes a product offline until a day, and brings it back early (B-24). */
export function TakeOffline({ product, licence }: { product: string; licence: LicenceView }) {
  const { t } = useTranslation();
  const take = useTakeOffline(product);
  const [day, setDay] = useState("");
  const until = take.data ? take.data.offline_until : licence.offline_until;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (day) take.mutate(new Date(`${day}T23:59:59`).toISOString());
  };

  return (
    <Panel title={t("carried.takeTitle")} lead={t("carried.takeLead")}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          {take.error ? <FailureNotice failure={take.error} /> : null}
          {until ? <Notice tone="info" title={t("carried.taken", { date: moment(until) })} /> : null}
          <TextInput
            type="date"
            label={t("carried.takeUntil")}
            data-testid="offline-until"
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" data-testid="take-offline" disabled={!day} loading={take.isPending}>
              {t("carried.take")}
            </Button>
            {until ? (
              <Button
                variant="default"
                data-testid="return-early"
                disabled={take.isPending}
                onClick={() => take.mutate(null)}
              >
                {t("carried.returnEarly")}
              </Button>
            ) : null}
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
