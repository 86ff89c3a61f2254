import { useState } from "react";
import { Button, Group, Menu, Modal, Stack, TextInput } from "@mantine/core";
import { CalendarClock, ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useHold } from "@/api/actions";
import type { InstalledView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import { date } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import classes from "./ManagePage.module.css";

const day = 86_400_000;

/** Keeps the product at its release for two weeks, until a day, or until it is released (U19). */
export function HoldControls({ installed }: { installed: InstalledView }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const hold = useHold(installed.product);
  const until = (time: string | null) => hold.mutate({ until: time });
  return (
    <>
      {hold.error ? <FailureNotice failure={hold.error} /> : null}
      {installed.hold ? (
        <Group gap="sm">
          <p className={classes.text} data-testid="hold">
            {installed.hold.until
              ? t("manage.heldUntil", { version: installed.version, date: date(installed.hold.until) })
              : t("manage.held", { version: installed.version })}
          </p>
          <Button
            size="xs"
            variant="default"
            data-testid="hold-release"
            loading={hold.isPending}
            onClick={() => hold.mutate(null)}
          >
            {t("manage.release")}
          </Button>
        </Group>
      ) : (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button
              size="xs"
              variant="default"
              data-testid="hold"
              loading={hold.isPending}
              leftSection={<CalendarClock size={15} />}
              rightSection={<ChevronDown size={15} />}
            >
              {t("manage.hold", { version: installed.version })}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => until(new Date(Date.now() + 14 * day).toISOString())}>
              {t("manage.holdTwoWeeks")}
            </Menu.Item>
            <Menu.Item onClick={() => setAsking(true)}>{t("manage.holdUntilDay")}</Menu.Item>
            <Menu.Item onClick={() => until(null)}>{t("manage.holdForever")}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <DayDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onDay={(time) => {
          setAsking(false);
          until(time);
        }}
      />
    </>
  );
}

interface DayDialogProps {
  opened: boolean;
  onClose: () => void;
  onDay: (time: string) => void;
}

function DayDialog({ opened, onClose, onDay }: DayDialogProps) {
  const { t } = useTranslation();
  const now = useNow();
  const [chosen, setChosen] = useState("");
  const time = chosen ? new Date(`${chosen}T00:00:00`) : null;
  const later = time !== null && time.getTime() > now;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("manage.holdUntilDay")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="md">
        <TextInput
          type="date"
          label={t("manage.day")}
          data-testid="hold-day"
          value={chosen}
          error={time && !later ? t("manage.dayPassed") : null}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            data-testid="hold-confirm"
            disabled={!later}
            onClick={() => (time ? onDay(time.toISOString()) : undefined)}
          >
            {t("manage.holdConfirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
