import { useRef } from "react";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { GroupHold } from "@/api/groups";
import { useHoldGroup } from "@/api/groups-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Tag } from "@/components/Tag";
import { date, relative } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { holds, saidOf, type Terms } from "./place";
import classes from "./Groups.module.css";

interface HoldCellProps {
  contract: string;
  row: Terms;
}

/** Whether a product is held for a group, until when and why; and the end of it, which leaves the focus here. */
export function HoldCell({ contract, row: { group, product } }: HoldCellProps) {
  const { t } = useTranslation();
  const now = useNow();
  const cell = useRef<HTMLDivElement>(null);
  const act = useHoldGroup(contract, group.group, product.id);
  const release = () => act.mutate(null, { onSuccess: () => cell.current?.focus() });
  const hold = saidOf(group, product.id)?.hold ?? null;
  return (
    <div ref={cell} tabIndex={-1} className={classes.hold} data-testid="group-hold">
      {hold === null ? <span className={classes.muted}>{t("groups.terms.notHeld")}</span> : null}
      {hold && holds(hold, now) ? (
        <>
          <Held hold={hold} now={now} />
          <Button
            size="compact-xs"
            variant="default"
            loading={act.isPending}
            aria-label={t("groups.terms.releaseOf", { product: product.name, group: group.name })}
            onClick={release}
            data-testid="hold-release"
          >
            {t("groups.terms.release")}
          </Button>
        </>
      ) : null}
      {hold && !holds(hold, now) ? (
        <span className={classes.muted}>
          {t("groups.terms.holdEnded", { date: date(hold.ends_at ?? hold.held_at) })}
        </span>
      ) : null}
      {act.error ? <FailureNotice failure={act.error} /> : null}
    </div>
  );
}

function Held({ hold: { ends_at: end, reason, held_at }, now }: { hold: GroupHold; now: number }) {
  const { t } = useTranslation();
  return (
    <>
      <Tag tone="warn">{end ? t("groups.terms.heldUntil", { date: date(end) }) : t("groups.terms.held")}</Tag>
      <span className={classes.detail}>
        {end ? relative(end, now) : t("groups.terms.heldSince", { date: date(held_at) })}
        {reason ? ` · ${reason}` : null}
      </span>
    </>
  );
}
