import { useTranslation } from "react-i18next";
import { useProducts } from "@/api/queries";
import type { Contract, Subscription } from "@/api/types";
import { EndDate } from "@/components/EndDate";
import { Panel } from "@/components/Panel";
import { StackTable } from "@/components/StackTable";
import { Tag } from "@/components/Tag";
import { date } from "@/lib/format";
import { Seats } from "./Seats";
import classes from "./ContractCard.module.css";

/** One contract: its term, its support, and what it grants to whom. */
export function ContractCard({ contract }: { contract: Contract }) {
  const { t } = useTranslation();
  const products = useProducts();
  const nameOf = ({ product }: Subscription) =>
    products.data?.find((item) => item.product === product)?.name ?? product;
  return (
    <Panel flush>
      <header className={classes.head}>
        <div>
          <h2 className={classes.number}>{t("contracts.contract", { number: contract.number })}</h2>
          <p className={classes.term}>
            {t("contracts.term", { start: date(contract.starts_at), end: date(contract.ends_at) })}
          </p>
        </div>
        <div className={classes.aside}>
          <Tag tone="ink">{t(`common.supportLevel.${contract.support}`)}</Tag>
          <Tag>{t(contract.auto_renew ? "contracts.renews" : "contracts.doesNotRenew")}</Tag>
          <span className={classes.ends}>
            <EndDate at={contract.ends_at} />
          </span>
        </div>
      </header>
      {contract.subscriptions.length === 0 ? <p className={classes.empty}>{t("contracts.empty")}</p> : null}
      {contract.subscriptions.length > 0 ? (
        <StackTable
          bare
          caption={t("contracts.contract", { number: contract.number })}
          rows={contract.subscriptions}
          keyOf={({ subscription }) => subscription}
          columns={[
            {
              label: t("contracts.product"),
              cell: (row) => <span className={classes.product}>{nameOf(row)}</span>,
            },
            {
              label: t("contracts.serial"),
              cell: (row) => <code className={classes.serial}>{row.serial}</code>,
            },
            { label: t("contracts.seats"), cell: (row) => <Seats subscription={row} /> },
            { label: t("contracts.holders"), cell: (row) => <Holders subscription={row} /> },
          ]}
        />
      ) : null}
    </Panel>
  );
}

function Holders({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation();
  if (subscription.assigned.length === 0) {
    return <span className={classes.none}>{t("contracts.nobody")}</span>;
  }
  return (
    <ul className={classes.holders}>
      {subscription.assigned.map(({ seat, name, user_id }) => (
        <li key={seat} title={user_id}>
          {name}
        </li>
      ))}
    </ul>
  );
}
