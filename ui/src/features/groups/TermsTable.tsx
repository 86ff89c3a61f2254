import { useState } from "react";
import { Button, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Group } from "@/api/groups";
import { StackTable, type Column } from "@/components/StackTable";
import { rulesText } from "@/lib/rules-text";
import { ChannelDialog } from "./ChannelDialog";
import { HoldCell } from "./HoldCell";
import { HoldDialog } from "./HoldDialog";
import { PromoteDialog } from "./PromoteDialog";
import { VersionsDialog } from "./VersionsDialog";
import { channelText, saidOf, usual, type Terms } from "./place";
import classes from "./Groups.module.css";

/** What of it can be changed. */
const acts = ["changeVersions", "changeChannel", "promote", "changeHold"] as const;
type Act = (typeof acts)[number];

interface TermsTableProps {
  contract: string;
  rows: readonly Terms[];
  /** All groups of the contract, for promotions. */
  groups: readonly Group[];
  /** What tells the rows from each other. */
  by: "product" | "group";
}

function keyOf({ group, product }: Terms): string {
  return `${group.group}/${product.id}`;
}

/** What is set for groups: versions, channel and hold, each with its way to change it. */
export function TermsTable({ contract, rows, groups, by }: TermsTableProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<{ key: string; act: Act } | null>(null);
  const open = rows.find((row) => keyOf(row) === asked?.key);
  const columns: Column<Terms>[] = [
    { label: t(`groups.${by}`), cell: (row) => <Name contract={contract} row={row} by={by} /> },
    {
      label: t("groups.terms.versions"),
      cell: ({ group, product }) => {
        const rules = saidOf(group, product.id)?.versions;
        return rules ? t("groups.terms.only", { rules: rulesText(rules, t) }) : t("groups.terms.all");
      },
    },
    { label: t("groups.terms.channel"), cell: (row) => <Channel row={row} /> },
    { label: t("groups.terms.hold"), cell: (row) => <HoldCell contract={contract} row={row} /> },
    {
      label: t("groups.terms.act"),
      cell: (row) => <Acts row={row} onAct={(act) => setAsked({ key: keyOf(row), act })} />,
    },
  ];
  return (
    <>
      <StackTable
        bare
        caption={t(by === "product" ? "groups.products" : "groups.title")}
        rows={rows}
        keyOf={keyOf}
        columns={columns}
      />
      {open && asked ? (
        <Dialog
          contract={contract}
          row={open}
          groups={groups}
          act={asked.act}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </>
  );
}

function Name({ contract, row: { group, product }, by }: { contract: string; row: Terms; by: string }) {
  const [search, name] =
    by === "product"
      ? [{ contract, product: product.id }, product.name]
      : [{ contract, group: group.group }, group.name];
  return (
    <Link className={classes.title} to="/groups" search={search}>
      {name}
    </Link>
  );
}

function Channel({ row: { group, product } }: { row: Terms }) {
  const { t } = useTranslation();
  const said = saidOf(group, product.id);
  if (said?.channel) return channelText(said.channel, said.channel_version, t);
  const channel = channelText(usual, said?.channel_version, t);
  return <span className={classes.muted}>{t("groups.terms.usual", { channel })}</span>;
}

function Acts({ row: { group, product }, onAct }: { row: Terms; onAct: (act: Act) => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          rightSection={<ChevronDown size={14} aria-hidden="true" />}
          aria-label={t("groups.terms.actOf", { product: product.name, group: group.name })}
          data-testid={`terms-${group.name}-${product.id}`}
        >
          {t("groups.terms.act")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map((act) => (
          <Menu.Item key={act} onClick={() => onAct(act)} data-testid={`terms-${act}`}>
            {t(`groups.terms.${act}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface DialogProps extends Pick<TermsTableProps, "contract" | "groups"> {
  row: Terms;
  act: Act;
  onClose: () => void;
}

function Dialog({ contract, row, groups, act, onClose }: DialogProps) {
  const { group, product } = row;
  switch (act) {
    case "changeVersions": {
      const whom = { group: group.group };
      const rules = saidOf(group, product.id)?.versions ?? null;
      return <VersionsDialog {...{ contract, product, whom, rules, onClose }} name={group.name} />;
    }
    case "changeChannel":
      return <ChannelDialog {...{ contract, row, onClose }} />;
    case "promote":
      return <PromoteDialog {...{ contract, row, groups, onClose }} />;
    case "changeHold":
      return <HoldDialog {...{ contract, row, onClose }} />;
  }
}
