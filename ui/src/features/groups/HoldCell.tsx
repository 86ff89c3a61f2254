import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useHoldGroup } from "@/api/groups-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Tag } from "@/components/Tag";
import { date, relative } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { holds, saidOf, type Terms } from "./place";
import classes from "./Groups.module.css";

/** Whether a product is held for a group, until when and why; and the end of it. */
export function HoldCell({ contract, row: { group, product } }: { contract: string; row: Terms }) {
  const { t } = useTranslation();
  const now = useNow();
  const act = useHoldGroup(contract, group.group, product.id);
  const hold = saidOf(group, product.id)?.hold;
  if (!hold) return <span className={classes.muted}>{t("groups.terms.notHeld")}</span>;
  if (!holds(hold, now)) {
    const ended = date(hold.ends_at ?? hold.held_at);
    return <span className={classes.muted}>{t("groups.terms.holdEnded", { date: ended })}</span>;
  }
  const { ends_at: end, reason, held_at } = hold;
  return (
    <div className={classes.hold} data-testid="group-hold">
      <Tag tone="warn">{end ? t("groups.terms.heldUntil", { date: date(end) }) : t("groups.terms.held")}</Tag>
      <span className={classes.detail}>
        {end ? relative(end, now) : t("groups.terms.heldSince", { date: date(held_at) })}
        {reason ? ` · ${reason}` : null}
      </span>
      <Button
        size="compact-xs"
        variant="default"
        loading={act.isPending}
        aria-label={t("groups.terms.releaseOf", { product: product.name, group: group.name })}
        onClick={() => act.mutate(null)}
        data-testid="hold-release"
      >
        {t("groups.terms.release")}
      </Button>
      {act.error ? <FailureNotice failure={act.error} /> : null}
    </div>
  );
}
