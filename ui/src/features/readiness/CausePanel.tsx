import { useState } from "react";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CheckedMachine } from "@/api/readiness";
import { useBoard } from "@/api/readiness-queries";
import { CopyAction } from "@/components/CopyAction";
import { Facts } from "@/components/Facts";
import { Panel } from "@/components/Panel";
import { AcceptDialog } from "./AcceptDialog";
import type { Place } from "./place";
import classes from "./Readiness.module.css";

interface CausePanelProps {
  check: string;
  place: Place;
  rows: readonly CheckedMachine[];
  onPlace: (place: Place) => void;
}

/** One cause: what is asked, what helps, a text for a ticket, and accepting it (I5). */
export function CausePanel({ check, place, rows, onPlace }: CausePanelProps) {
  const { t } = useTranslation();
  const board = useBoard(check, false);
  const [accepting, setAccepting] = useState(false);
  const cause = board.data?.causes.find(
    ({ rule, product }) => rule === place.rule && (product ?? undefined) === place.product,
  );
  if (!cause) return null;
  const product = cause.product_name ?? t("readinessBoard.ownRules");
  const computers = rows.map(({ name, finding }) => `${name} (${finding?.measured ?? "?"})`).join(", ");
  const ticket = t("readinessMachines.ticketText", { text: cause.text, product, fix: cause.fix, computers });
  return (
    <Panel
      title={cause.text}
      lead={
        cause.product_name ? t("readinessMachines.causeLead", { product }) : t("readinessMachines.causeOwn")
      }
      aside={
        <div className={classes.row}>
          <Button size="xs" variant="default" onClick={() => onPlace({ tab: "computers" })}>
            {t("readinessMachines.allCauses")}
          </Button>
          <Button size="xs" onClick={() => setAccepting(true)} data-testid="cause-accept">
            {t("readinessMachines.accept")}
          </Button>
        </div>
      }
    >
      <Facts
        facts={[
          { label: t("readinessMachines.fix"), value: cause.fix },
          { label: t("readinessMachines.more"), value: cause.link ?? null },
          {
            label: t("readinessMachines.ticket"),
            value: <CopyAction value={ticket} label={t("readinessMachines.ticket")} />,
          },
        ]}
      />
      {accepting ? (
        <AcceptDialog
          check={check}
          finding={{
            rule: cause.rule,
            text: cause.text,
            ...(cause.product ? { product: cause.product } : {}),
          }}
          onClose={() => setAccepting(false)}
        />
      ) : null}
    </Panel>
  );
}
