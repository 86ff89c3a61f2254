import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useExceptions, useWithdraw } from "@/api/readiness-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Panel } from "@/components/Panel";
import { StackTable } from "@/components/StackTable";
import { Tag } from "@/components/Tag";
import { date } from "@/lib/format";
import classes from "./Readiness.module.css";

/** What was accepted as it is: by whom, why, until when. */
export function Exceptions({ check }: { check: string }) {
  const { t } = useTranslation();
  const exceptions = useExceptions(check);
  const withdraw = useWithdraw(check);
  const failure = withdraw.error ?? exceptions.error;
  return (
    <Panel flush title={t("readinessSign.exceptions")} lead={t("readinessSign.exceptionsLead")}>
      {exceptions.isPending ? <Loading /> : null}
      {failure ? (
        <FailureNotice failure={failure} remedies={{ retry: () => void exceptions.refetch() }} />
      ) : null}
      {exceptions.data?.length === 0 ? (
        <div className={classes.padded}>
          <p className={classes.muted}>{t("readinessSign.exceptionsNone")}</p>
        </div>
      ) : null}
      {exceptions.data && exceptions.data.length > 0 ? (
        <StackTable
          bare
          caption={t("readinessSign.exceptions")}
          rows={exceptions.data}
          keyOf={({ exception }) => exception}
          columns={[
            { label: t("readinessSign.what"), cell: ({ text }) => text },
            { label: t("readinessSign.computer"), cell: ({ machine }) => machine ?? t("readinessSign.all") },
            { label: t("readinessSign.reason"), cell: ({ reason }) => reason },
            {
              label: t("readinessSign.who"),
              cell: ({ accepted_by, accepted_at }) => (
                <>
                  {accepted_by}
                  <span className={classes.detail}>{date(accepted_at)}</span>
                </>
              ),
            },
            {
              label: t("readinessSign.until"),
              cell: ({ ends_at, valid }) => (
                <Tag tone={valid ? "ink" : "plain"}>
                  {t(valid ? "readinessSign.holds" : "readinessSign.ended", { date: date(ends_at) })}
                </Tag>
              ),
            },
            {
              label: "",
              cell: ({ exception, text }) => (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={t("readinessSign.withdrawOf", { text })}
                  loading={withdraw.isPending && withdraw.variables === exception}
                  onClick={() => withdraw.mutate(exception)}
                  data-testid="exception-withdraw"
                >
                  {t("readinessSign.withdraw")}
                </Button>
              ),
            },
          ]}
        />
      ) : null}
    </Panel>
  );
}
