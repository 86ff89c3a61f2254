import { Button, Stack, UnstyledButton } from "@mantine/core";
import { Radar } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ReadinessBoard, ReadinessCause, ReadinessCheck } from "@/api/readiness";
import { useBoard } from "@/api/readiness-queries";
import { EmptyState } from "@/components/EmptyState";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Panel } from "@/components/Panel";
import { StackTable } from "@/components/StackTable";
import { VerdictMark } from "@/components/VerdictMark";
import { relative } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { Counts } from "./Counts";
import type { Place } from "./place";
import classes from "./Readiness.module.css";

/** How the computers of a check fare together (I4). */
export function Board({ check, onPlace }: { check: ReadinessCheck; onPlace: (place: Place) => void }) {
  const { t } = useTranslation();
  const board = useBoard(check.check, check.state === "open");
  if (board.isPending) return <Loading />;
  if (board.error) {
    return <FailureNotice failure={board.error} remedies={{ retry: () => void board.refetch() }} />;
  }
  if (board.data.counts.machines === 0 && board.data.counts.expected === 0) {
    return (
      <EmptyState
        icon={Radar}
        title={t("readinessBoard.waitingTitle")}
        text={t("readinessBoard.waitingText")}
        action={<Button onClick={() => onPlace({ tab: "collect" })}>{t("readinessBoard.collect")}</Button>}
      />
    );
  }
  return (
    <Stack gap="lg">
      <Counts counts={board.data.counts} onPlace={onPlace} />
      <Causes causes={board.data.causes} onPlace={onPlace} />
      {board.data.products.length > 0 ? <Products board={board.data} /> : null}
      <Changes board={board.data} onPlace={onPlace} />
    </Stack>
  );
}

function Causes({ causes, onPlace }: { causes: readonly ReadinessCause[]; onPlace: (place: Place) => void }) {
  const { t } = useTranslation();
  if (causes.length === 0) {
    return (
      <Panel title={t("readinessBoard.causes")}>
        <p className={classes.muted}>{t("readinessBoard.noCauses")}</p>
      </Panel>
    );
  }
  return (
    <Panel flush title={t("readinessBoard.causes")} lead={t("readinessBoard.causesLead")}>
      <ul className={classes.causes}>
        {causes.map((cause) => (
          <li key={`${cause.product ?? ""}/${cause.rule}`}>
            <Cause cause={cause} onPlace={onPlace} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Cause({ cause, onPlace }: { cause: ReadinessCause; onPlace: (place: Place) => void }) {
  const { t } = useTranslation();
  const { product, rule, fail_count: fails, warn_count: warns, accepted_count: accepted } = cause;
  const counts = [
    fails > 0 ? t("readinessBoard.fails", { count: fails }) : null,
    warns > 0 ? t("readinessBoard.warns", { count: warns }) : null,
    accepted > 0 ? t("readinessBoard.acceptedOn", { count: accepted }) : null,
  ];
  return (
    <UnstyledButton
      className={classes.cause}
      data-testid="cause"
      onClick={() => onPlace({ tab: "computers", rule, ...(product ? { product } : {}) })}
    >
      <VerdictMark verdict={fails > 0 ? "fail" : "warn"} />
      <span>
        <span className={classes.causeText}>{cause.text}</span>
        <span className={classes.detail}>{cause.product_name ?? t("readinessBoard.ownRules")}</span>
        <span className={classes.detail}>{counts.filter((text) => text !== null).join(" · ")}</span>
      </span>
      <span className={classes.causeCounts} aria-hidden="true">
        <b>{fails + warns}</b>
      </span>
    </UnstyledButton>
  );
}

function Products({ board }: { board: ReadinessBoard }) {
  const { t } = useTranslation();
  return (
    <Panel flush title={t("readinessBoard.products")}>
      <StackTable
        bare
        caption={t("readinessBoard.products")}
        rows={board.products}
        keyOf={({ product }) => product}
        columns={[
          { label: t("readinessBoard.product"), cell: ({ name, version }) => `${name} ${version}` },
          { label: t("readinessBoard.pass"), numeric: true, cell: ({ pass }) => pass },
          { label: t("readinessBoard.warn"), numeric: true, cell: ({ warn }) => warn },
          { label: t("readinessBoard.fail"), numeric: true, cell: ({ fail }) => fail },
        ]}
      />
    </Panel>
  );
}

function Changes({ board, onPlace }: { board: ReadinessBoard; onPlace: (place: Place) => void }) {
  const { t } = useTranslation();
  const now = useNow();
  const { better, worse } = board.counts;
  const show = (change: "better" | "worse", count: number) =>
    count > 0 ? (
      <li>
        <button
          type="button"
          className={classes.linkLike}
          onClick={() => onPlace({ tab: "computers", change })}
          data-testid={`change-${change}`}
        >
          {t(`readinessBoard.${change}`, { count })}
        </button>
      </li>
    ) : null;
  return (
    <Panel title={t("readinessBoard.changes")}>
      <ul className={classes.list}>
        {show("better", better)}
        {show("worse", worse)}
        {better + worse === 0 ? <li className={classes.muted}>{t("readinessBoard.unchanged")}</li> : null}
        {board.newest_at ? (
          <li className={classes.muted}>
            {t("readinessBoard.newest", { when: relative(board.newest_at, now) })}
          </li>
        ) : null}
      </ul>
    </Panel>
  );
}
