import { Button, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ClipboardCheck, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useChecks } from "@/api/readiness-queries";
import { EmptyState } from "@/components/EmptyState";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { PageHead } from "@/components/PageHead";
import { CheckTable } from "./CheckTable";
import { FactsPanel } from "./FactsPanel";

/** The organisation's checks of many computers (S-108). */
export function ReadinessPage() {
  const { t } = useTranslation();
  const checks = useChecks();
  const make = (
    <Button component={Link} to="/readiness/new" leftSection={<Plus size={16} />} data-testid="check-new">
      {t("readiness.newCheck")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("readiness.title")} lead={t("readiness.lead")} actions={make} />
      <Stack gap="lg">
        {checks.isPending ? <Loading /> : null}
        {checks.error ? (
          <FailureNotice failure={checks.error} remedies={{ retry: () => void checks.refetch() }} />
        ) : null}
        {checks.data?.length === 0 ? (
          <EmptyState
            icon={ClipboardCheck}
            title={t("readiness.emptyTitle")}
            text={t("readiness.emptyText")}
          />
        ) : null}
        {checks.data && checks.data.length > 0 ? <CheckTable checks={checks.data} /> : null}
        <FactsPanel />
      </Stack>
    </>
  );
}
