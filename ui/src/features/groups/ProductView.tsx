import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Group, KnownVersion, ProductVersions } from "@/api/groups";
import { useProductVersions } from "@/api/groups-queries";
import type { Contract } from "@/api/types";
import { BackLink } from "@/components/BackLink";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { PageHead } from "@/components/PageHead";
import { Panel } from "@/components/Panel";
import { StackTable } from "@/components/StackTable";
import { Tag } from "@/components/Tag";
import { date } from "@/lib/format";
import { rulesText } from "@/lib/rules-text";
import { OwnLists } from "./OwnLists";
import { TermsTable } from "./TermsTable";
import type { Named } from "./place";
import { allows } from "./rules";
import classes from "./Groups.module.css";

interface ProductViewProps {
  contract: Contract;
  product: Named;
  groups: readonly Group[];
}

/** Who may install which versions of a product (S-112). */
export function ProductView({ contract, product, groups }: ProductViewProps) {
  const { t } = useTranslation();
  const id = contract.contract;
  const known = useProductVersions(id, product.id);
  const rows = groups.map((group) => ({ group, product }));
  return (
    <>
      <PageHead
        title={t("groups.ofProduct.title", { product: product.name })}
        lead={t("groups.ofProduct.lead", { number: contract.number })}
        before={
          <BackLink to="/groups" search={{ contract: id }}>
            {t("groups.back")}
          </BackLink>
        }
      />
      <Stack gap="lg">
        <Panel flush title={t("groups.ofProduct.groups")} lead={t("groups.ofProduct.groupsLead")}>
          {rows.length > 0 ? (
            <TermsTable contract={id} rows={rows} groups={groups} by="group" />
          ) : (
            <p className={`${classes.muted} ${classes.padded}`}>{t("groups.ofProduct.noGroups")}</p>
          )}
        </Panel>
        {known.isPending ? <Loading /> : null}
        {known.error ? (
          <FailureNotice failure={known.error} remedies={{ retry: () => void known.refetch() }} />
        ) : null}
        {known.data ? (
          <>
            <OwnLists contract={id} product={product} lists={known.data.people} />
            <Versions said={known.data} />
          </>
        ) : null}
      </Stack>
    </>
  );
}

/** Every version that there is, and who may not have it and why. */
function Versions({ said }: { said: ProductVersions }) {
  const { t } = useTranslation();
  if (said.versions.length === 0) {
    return (
      <Panel title={t("groups.ofProduct.known")}>
        <p className={classes.muted}>{t("groups.ofProduct.none")}</p>
      </Panel>
    );
  }
  return (
    <Panel flush title={t("groups.ofProduct.known")}>
      <StackTable
        bare
        caption={t("groups.ofProduct.known")}
        rows={said.versions}
        keyOf={({ version }) => version}
        columns={[
          { label: t("groups.ofProduct.version"), cell: (known) => <Version known={known} said={said} /> },
          {
            label: t("groups.ofProduct.offered"),
            cell: ({ first_offered_at: at }) => (at ? date(at) : t("common.unknown")),
          },
          { label: t("groups.ofProduct.who"), cell: (known) => <Who known={known} said={said} /> },
        ]}
      />
    </Panel>
  );
}

interface OfVersion {
  known: KnownVersion;
  said: ProductVersions;
}

function Version({ known: { version, critical, withdrawn }, said }: OfVersion) {
  const { t } = useTranslation();
  const channels = said.channels.filter((one) => one.version === version);
  return (
    <span className={classes.row}>
      <b>{version}</b>
      {channels.map(({ channel }) => (
        <Tag key={channel} tone="ink">
          {channel}
        </Tag>
      ))}
      {critical ? <Tag tone="warn">{t("groups.ofProduct.critical")}</Tag> : null}
      {withdrawn ? <Tag tone="bad">{t("groups.ofProduct.withdrawn")}</Tag> : null}
    </span>
  );
}

function Who({ known: { version, withdrawn }, said }: OfVersion) {
  const { t } = useTranslation();
  if (withdrawn) return t("groups.ofProduct.nobody");
  const lists = [
    ...said.groups.map(({ group, name, versions }) => ({ id: group, name, versions })),
    ...said.people.map(({ account, name, versions }) => ({ id: account, name, versions })),
  ];
  const locking = lists.filter(({ versions }) => !allows(versions, version));
  if (locking.length === 0) return t("groups.ofProduct.everybody");
  return (
    <ul className={classes.list} data-testid={`locked-${version}`}>
      {locking.map(({ id, name, versions }) => (
        <li key={id}>{t("groups.ofProduct.lockedFor", { name, rules: rulesText(versions, t) })}</li>
      ))}
    </ul>
  );
}
