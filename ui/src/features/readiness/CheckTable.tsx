import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ReadinessCheck } from "@/api/readiness";
import { StackTable } from "@/components/StackTable";
import { Tag } from "@/components/Tag";
import { date } from "@/lib/format";
import classes from "./Readiness.module.css";

const tones = { open: "ok", expired: "plain", closed: "plain" } as const;

/** Whether a check takes reports. */
export function CheckStateTag({ check }: { check: ReadinessCheck }) {
  const { t } = useTranslation();
  return <Tag tone={tones[check.state]}>{t(`readiness.states.${check.state}`)}</Tag>;
}

/** Checks, the newest first. */
export function CheckTable({ checks }: { checks: readonly ReadinessCheck[] }) {
  const { t } = useTranslation();
  return (
    <StackTable
      caption={t("readiness.title")}
      rows={checks}
      keyOf={({ check }) => check}
      columns={[
        {
          label: t("readiness.check"),
          cell: (row) => (
            <>
              <Link to="/readiness/$check" params={{ check: row.check }} className={classes.title}>
                {row.title}
              </Link>
              <span className={classes.detail}>{t("readiness.rules", { count: row.rule_count })}</span>
            </>
          ),
        },
        {
          label: t("readiness.products"),
          cell: ({ products }) =>
            products.map(({ name, version }) => `${name} ${version}`).join(", ") || t("readiness.noProducts"),
        },
        { label: t("readiness.state"), cell: (row) => <CheckStateTag check={row} /> },
        { label: t("readiness.computers"), cell: (row) => <Reported check={row} /> },
        {
          label: t("readiness.created"),
          cell: ({ created_at, created_by }) => (
            <>
              {date(created_at)}
              <span className={classes.detail}>{t("readiness.by", { name: created_by })}</span>
            </>
          ),
        },
      ]}
    />
  );
}

function Reported({ check: { machine_count: count, expected_count: expected } }: { check: ReadinessCheck }) {
  const { t } = useTranslation();
  return expected > 0 ? t("readiness.ofExpected", { count, expected }) : t("readiness.reported", { count });
}
