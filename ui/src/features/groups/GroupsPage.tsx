import { NativeSelect } from "@mantine/core";
import { FileQuestion, UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useContracts, useProducts } from "@/api/queries";
import { useGroups } from "@/api/groups-queries";
import type { Contract } from "@/api/types";
import { EmptyState } from "@/components/EmptyState";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { PageHead } from "@/components/PageHead";
import { GroupList } from "./GroupList";
import { GroupView } from "./GroupView";
import { ProductView } from "./ProductView";
import { productsOf, type Place } from "./place";
import classes from "./Groups.module.css";

interface GroupsPageProps {
  place: Place;
  onPlace: (place: Place) => void;
}

/** Groups of a contract's people, and who may install which versions (S4, S-112). */
export function GroupsPage({ place, onPlace }: GroupsPageProps) {
  const { t } = useTranslation();
  const contracts = useContracts();
  const head = <PageHead title={t("groups.title")} lead={t("groups.lead")} />;
  if (!contracts.data) {
    return (
      <>
        {head}
        {contracts.isPending ? <Loading /> : null}
        {contracts.error ? (
          <FailureNotice failure={contracts.error} remedies={{ retry: () => void contracts.refetch() }} />
        ) : null}
      </>
    );
  }
  const contract = contracts.data.find((one) => !place.contract || one.contract === place.contract);
  if (contract) {
    const rest = { all: contracts.data, place, onPlace };
    return <OfContract key={contract.contract} contract={contract} {...rest} />;
  }
  const words = contracts.data.length === 0 ? "noContract" : "otherContract";
  return (
    <>
      {head}
      <EmptyState icon={FileQuestion} title={t(`groups.${words}Title`)} text={t(`groups.${words}Text`)} />
    </>
  );
}

interface OfContractProps extends GroupsPageProps {
  contract: Contract;
  /** Everything that the person administers. */
  all: readonly Contract[];
}

function OfContract({ contract, all, place, onPlace }: OfContractProps) {
  const { t } = useTranslation();
  const groups = useGroups(contract.contract);
  const known = useProducts();
  const products = productsOf(contract, known.data ?? []);
  const group = groups.data?.find((one) => one.group === place.group);
  const product = products.find(({ id }) => id === place.product);
  if (groups.data && group) {
    const gone = () => onPlace({ contract: contract.contract });
    return <GroupView {...{ contract, group, products }} groups={groups.data} onRemoved={gone} />;
  }
  if (groups.data && product) return <ProductView {...{ contract, product }} groups={groups.data} />;
  const lost = place.group ? "gone" : place.product ? "noProduct" : null;
  if (groups.data && !lost) {
    const open = (id: string) => onPlace({ contract: contract.contract, group: id });
    const choice = <ContractChoice {...{ contract, all, onPlace }} />;
    return <GroupList {...{ contract, products, choice }} groups={groups.data} onOpen={open} />;
  }
  const retry = () => void groups.refetch();
  return (
    <>
      <PageHead
        title={t("groups.title")}
        lead={t("groups.lead")}
        actions={groups.isPending ? null : <ContractChoice {...{ contract, all, onPlace }} />}
      />
      {groups.isPending ? <Loading /> : null}
      {groups.error ? <FailureNotice failure={groups.error} remedies={{ retry }} /> : null}
      {groups.data && lost ? (
        <EmptyState icon={UsersRound} title={t(`groups.${lost}Title`)} text={t(`groups.${lost}Text`)} />
      ) : null}
    </>
  );
}

function ContractChoice({ contract, all, onPlace }: Omit<OfContractProps, "place">) {
  const { t } = useTranslation();
  if (all.length < 2) return null;
  return (
    <NativeSelect
      className={classes.contract}
      aria-label={t("groups.contract")}
      value={contract.contract}
      onChange={(event) => onPlace({ contract: event.currentTarget.value })}
      data={all.map((one) => ({
        value: one.contract,
        label: t("groups.contractNumber", { number: one.number }),
      }))}
      data-testid="groups-contract"
    />
  );
}
