import { useState, type ReactNode } from "react";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Plus, UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Group } from "@/api/groups";
import type { Contract } from "@/api/types";
import { EmptyState } from "@/components/EmptyState";
import { PageHead } from "@/components/PageHead";
import { StackTable } from "@/components/StackTable";
import { date } from "@/lib/format";
import { rulesText } from "@/lib/rules-text";
import { useNow } from "@/lib/use-now";
import { NameDialog } from "./NameDialog";
import { channelText, holds, type Named } from "./place";
import classes from "./Groups.module.css";

interface GroupListProps {
  contract: Contract;
  groups: readonly Group[];
  products: readonly Named[];
  /** Where one goes to another contract. */
  choice: ReactNode;
  onOpen: (group: string) => void;
}

/** The groups of a contract: how many people are in them, and what each has set. */
export function GroupList({ contract, groups, products, choice, onOpen }: GroupListProps) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)} data-testid="group-add">
      {t("groups.add")}
    </Button>
  );
  const actions = (
    <div className={classes.row}>
      {choice}
      {groups.length > 0 ? add : null}
    </div>
  );
  return (
    <>
      <PageHead title={t("groups.title")} lead={t("groups.lead")} actions={actions} />
      {groups.length === 0 ? (
        <EmptyState
          icon={UsersRound}
          title={t("groups.emptyTitle")}
          text={t("groups.emptyText")}
          action={add}
        />
      ) : (
        <StackTable
          caption={t("groups.title")}
          rows={groups}
          keyOf={({ group }) => group}
          columns={[
            {
              label: t("groups.name"),
              cell: ({ group, name }) => (
                <Link
                  className={classes.title}
                  to="/groups"
                  search={{ contract: contract.contract, group }}
                  data-testid="group-open"
                >
                  {name}
                </Link>
              ),
            },
            { label: t("groups.people"), numeric: true, cell: ({ member_count }) => member_count },
            { label: t("groups.set"), cell: (group) => <Set group={group} products={products} /> },
          ]}
        />
      )}
      {adding ? (
        <NameDialog
          contract={contract.contract}
          group={null}
          groups={groups}
          onClose={() => setAdding(false)}
          onNamed={({ group }) => onOpen(group)}
        />
      ) : null}
    </>
  );
}

/** What a group has set, one line for each product. */
function Set({ group, products }: { group: Group; products: readonly Named[] }) {
  const { t } = useTranslation();
  const now = useNow();
  const lines = group.products.map((said) => {
    const until = said.hold?.ends_at;
    const hold = until ? t("groups.terms.heldUntil", { date: date(until) }) : t("groups.terms.held");
    const words = [
      said.channel ? channelText(said.channel, said.channel_version, t) : null,
      said.versions ? t("groups.terms.only", { rules: rulesText(said.versions, t) }) : null,
      holds(said.hold, now) ? hold : null,
    ].filter((word) => word !== null);
    const name = products.find(({ id }) => id === said.product)?.name ?? said.product;
    return { product: said.product, name, words: words.join(" · ") };
  });
  const told = lines.filter(({ words }) => words !== "");
  if (told.length === 0) return <span className={classes.muted}>{t("groups.nothingSet")}</span>;
  return (
    <ul className={classes.list}>
      {told.map(({ product, name, words }) => (
        <li key={product}>
          {name}
          <span className={classes.detail}>{words}</span>
        </li>
      ))}
    </ul>
  );
}
