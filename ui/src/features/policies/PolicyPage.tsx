import { FileText } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Contract } from "@/api/types";
import { useContractPeople, useGroups } from "@/api/groups-queries";
import { usePolicies } from "@/api/update-policy-queries";
import { BackLink } from "@/components/BackLink";
import { EmptyState } from "@/components/EmptyState";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { PageHead } from "@/components/PageHead";
import { PolicyActions } from "./PolicyActions";
import { PolicyForm } from "./PolicyForm";
import { StandingTag } from "./StandingTag";
import { useContract } from "./use-contract";
import classes from "./Policies.module.css";

interface PolicyPageProps {
  /** The contract that the address names. */
  contract: string | null;
  /** The policy to change; null for a new one. */
  policy: string | null;
  /** Told when it was saved or removed, with the contract. */
  onDone: (contract: string) => void;
}

/** One policy: a new one, or one to change. */
export function PolicyPage({ contract, policy, onDone }: PolicyPageProps) {
  const { t } = useTranslation();
  const { contracts, found } = useContract(contract);
  if (found) return <OfContract key={found.contract} contract={found} policy={policy} onDone={onDone} />;
  return (
    <>
      <PageHead
        title={t("policies.title")}
        before={<BackLink to="/policies">{t("policies.back")}</BackLink>}
      />
      {contracts.isPending ? <Loading /> : null}
      {contracts.error ? (
        <FailureNotice failure={contracts.error} remedies={{ retry: () => void contracts.refetch() }} />
      ) : null}
      {contracts.data ? (
        <EmptyState
          icon={FileText}
          title={t("policies.noContractTitle")}
          text={t("policies.noContractText")}
        />
      ) : null}
    </>
  );
}

function OfContract({
  contract,
  policy,
  onDone,
}: Omit<PolicyPageProps, "contract"> & { contract: Contract }) {
  const { t } = useTranslation();
  const id = contract.contract;
  const policies = usePolicies(id);
  const groups = useGroups(id);
  const people = useContractPeople(id);
  const asked = [policies, groups, people];
  const failure = asked.find(({ error }) => error)?.error;
  const before = policies.data?.find((item) => item.policy === policy) ?? null;
  const gone = policy !== null && policies.data !== undefined && before === null;
  const ready = policies.data && groups.data && people.data && !gone;
  return (
    <>
      <PageHead
        title={before?.rule.name ?? t(policy === null ? "policyForm.newTitle" : "policies.title")}
        lead={t("policyForm.lead", { number: contract.number })}
        before={
          <BackLink to="/policies" search={{ contract: id }}>
            {t("policies.back")}
          </BackLink>
        }
        actions={
          before ? (
            <div className={classes.row}>
              <StandingTag policy={before} />
              <PolicyActions contract={id} policy={before} onRemoved={() => onDone(id)} />
            </div>
          ) : null
        }
      />
      {failure && !ready ? (
        <FailureNotice
          failure={failure}
          remedies={{ retry: () => void Promise.all(asked.map(({ refetch }) => refetch())) }}
        />
      ) : null}
      {!failure && !ready && !gone ? <Loading /> : null}
      {gone ? (
        <EmptyState icon={FileText} title={t("policies.goneTitle")} text={t("policies.goneText")} />
      ) : null}
      {ready ? (
        <PolicyForm
          key={before?.policy ?? "new"}
          contract={contract}
          before={before}
          others={policies.data.filter((item) => item !== before).map(({ rule }) => rule.name)}
          groups={groups.data}
          people={people.data}
          onSaved={() => onDone(id)}
        />
      ) : null}
    </>
  );
}
