import { useState } from "react";
import { Text, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useHoldGroup } from "@/api/groups-queries";
import { FormDialog } from "@/components/FormDialog";
import { dayIn, endOf } from "@/lib/day-field";
import { useNow } from "@/lib/use-now";
import { saidOf, type Terms } from "./place";
import { Ways } from "./Ways";

interface HoldDialogProps {
  contract: string;
  row: Terms;
  onClose: () => void;
}

const usualDays = 14;
/** The service takes 1,000 bytes; of the widest letters that many fit. */
const longestReason = 250;

/** Holds a product for a group: until the end of a day, or until somebody releases it (B-15). */
export function HoldDialog({ contract, row: { group, product }, onClose }: HoldDialogProps) {
  const { t } = useTranslation();
  const now = useNow();
  const act = useHoldGroup(contract, group.group, product.id);
  const before = saidOf(group, product.id)?.hold;
  const [start] = useState(() => {
    const end = before?.ends_at ? new Date(before.ends_at).getTime() : 0;
    return {
      open: before !== undefined && before !== null && !before.ends_at,
      day: end > Date.now() ? dayIn(0, end) : dayIn(usualDays, Date.now()),
      reason: before?.reason ?? "",
    };
  });
  const [open, setOpen] = useState(start.open);
  const [day, setDay] = useState(start.day);
  const [reason, setReason] = useState(start.reason);
  const end = endOf(day);
  const later = end !== null && new Date(end).getTime() > now;
  const submit = () =>
    act.mutate({ reason: reason.trim(), ...(open ? {} : { ends_at: end }) }, { onSuccess: onClose });
  return (
    <FormDialog
      title={t("groups.hold.titleFor", { product: product.name, name: group.name })}
      confirm={t("groups.hold.confirm")}
      act={act}
      dirty={open !== start.open || day !== start.day || reason !== start.reason}
      disabled={!open && !later}
      onClose={onClose}
      onConfirm={submit}
    >
      <Text size="sm">{t("groups.hold.lead")}</Text>
      <Ways
        label={t("groups.hold.until")}
        ways={[
          { way: "day", label: t("groups.hold.day"), testId: "hold-until-day" },
          { way: "open", label: t("groups.hold.open"), testId: "hold-open" },
        ]}
        chosen={open ? "open" : "day"}
        onChosen={(way) => setOpen(way === "open")}
      />
      {open ? null : (
        <TextInput
          type="date"
          label={t("groups.hold.dayLabel")}
          value={day}
          error={later ? null : t("groups.hold.passed")}
          onChange={(event) => setDay(event.currentTarget.value)}
          data-testid="hold-day"
        />
      )}
      <Textarea
        label={t("groups.hold.reason")}
        description={t("groups.hold.reasonLead")}
        autosize
        minRows={2}
        maxLength={longestReason}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-testid="hold-reason"
      />
    </FormDialog>
  );
}
