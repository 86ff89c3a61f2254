import { Stack } from "@mantine/core";
import { FileText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useContracts } from "@/api/queries";
import { EmptyState } from "@/components/EmptyState";
import { FailureNotice } from "@/components/FailureNotice";
import { PageHead } from "@/components/PageHead";
import { Loading } from "@/components/Loading";
import { ContractCard } from "./ContractCard";

/** The contracts that the person administers. */
export function ContractsPage() {
  const { t } = useTranslation();
  const contracts = useContracts();
  return (
    <>
      <PageHead title={t("contracts.title")} lead={t("contracts.lead")} />
      {contracts.isPending ? <Loading /> : null}
      {contracts.error ? (
        <FailureNotice failure={contracts.error} remedies={{ retry: () => void contracts.refetch() }} />
      ) : null}
      {contracts.data?.length === 0 ? (
        <EmptyState icon={FileText} title={t("contracts.emptyTitle")} text={t("contracts.emptyText")} />
      ) : null}
      <Stack gap="lg">
        {contracts.data?.map((contract) => (
          <ContractCard key={contract.contract} contract={contract} />
        ))}
      </Stack>
    </>
  );
}
