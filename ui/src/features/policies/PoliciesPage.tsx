import { Button, Group, NativeSelect, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { CalendarClock, FileText, Plus, UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGroups } from "@/api/groups-queries";
import { usePolicies } from "@/api/update-policy-queries";
import { EmptyState } from "@/components/EmptyState";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { PageHead } from "@/components/PageHead";
import { PolicyTable } from "./PolicyTable";
import { useContract } from "./use-contract";
import classes from "./Policies.module.css";

interface PoliciesPageProps {
  /** The contract that the address names. */
  contract: string | null;
  onContract: (contract: string) => void;
}

/** Who gets new releases, and when (S6). */
export function PoliciesPage({ contract, onContract }: PoliciesPageProps) {
  const { t } = useTranslation();
  const { contracts, found } = useContract(contract);
  const several = (contracts.data?.length ?? 0) > 1;
  const actions = found ? (
    <Group gap="sm" align="flex-end">
      {several ? (
        <NativeSelect
          aria-label={t("policies.contract")}
          value={found.contract}
          data={
            contracts.data?.map((item) => ({
              value: item.contract,
              label: t("policyForm.lead", { number: item.number }),
            })) ?? []
          }
          onChange={(event) => onContract(event.currentTarget.value)}
          data-testid="policies-contract"
        />
      ) : null}
      <Button
        renderRoot={(props) => <Link to="/policies/new" search={{ contract: found.contract }} {...props} />}
        leftSection={<Plus size={16} />}
        data-testid="policy-new"
      >
        {t("policies.new")}
      </Button>
    </Group>
  ) : null;
  return (
    <>
      <PageHead title={t("policies.title")} lead={t("policies.lead")} actions={actions} />
      {contracts.isPending ? <Loading /> : null}
      {contracts.error ? (
        <FailureNotice failure={contracts.error} remedies={{ retry: () => void contracts.refetch() }} />
      ) : null}
      {contracts.data && !found ? (
        <EmptyState
          icon={FileText}
          title={t("policies.noContractTitle")}
          text={t("policies.noContractText")}
        />
      ) : null}
      {found ? <Policies key={found.contract} contract={found.contract} /> : null}
    </>
  );
}

function Policies({ contract }: { contract: string }) {
  const { t } = useTranslation();
  const policies = usePolicies(contract);
  const groups = useGroups(contract);
  const failure = policies.error ?? groups.error;
  if (failure) {
    const retry = () => void Promise.all([policies.refetch(), groups.refetch()]);
    return <FailureNotice failure={failure} remedies={{ retry }} />;
  }
  if (!policies.data || !groups.data) return <Loading />;
  if (policies.data.length === 0)
    return (
      <EmptyState
        icon={CalendarClock}
        title={t("policies.emptyTitle")}
        text={t("policies.emptyText")}
        action={groups.data.length === 0 ? <NoGroups contract={contract} /> : null}
      />
    );
  return <PolicyTable contract={contract} policies={policies.data} groups={groups.data} />;
}

function NoGroups({ contract }: { contract: string }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" align="center">
      <p className={classes.muted}>{t("policies.noGroupsText")}</p>
      <Button
        variant="default"
        renderRoot={(props) => <Link to="/groups" search={{ contract }} {...props} />}
        leftSection={<UsersRound size={16} />}
        data-testid="policies-groups"
      >
        {t("policies.toGroups")}
      </Button>
    </Stack>
  );
}
