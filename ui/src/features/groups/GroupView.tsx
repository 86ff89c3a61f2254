import { useState } from "react";
import { Button, Menu, Stack } from "@mantine/core";
import { ChevronDown, Pencil, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Group } from "@/api/groups";
import type { Contract } from "@/api/types";
import { BackLink } from "@/components/BackLink";
import { PageHead } from "@/components/PageHead";
import { Panel } from "@/components/Panel";
import { Members } from "./Members";
import { NameDialog } from "./NameDialog";
import { RemoveDialog } from "./RemoveDialog";
import { TermsTable } from "./TermsTable";
import type { Named } from "./place";
import classes from "./Groups.module.css";

interface GroupViewProps {
  contract: Contract;
  group: Group;
  groups: readonly Group[];
  products: readonly Named[];
  onRemoved: () => void;
}

/** One group: its people, and what is set for them. */
export function GroupView({ contract, group, groups, products, onRemoved }: GroupViewProps) {
  const { t } = useTranslation();
  const id = contract.contract;
  const rows = products.map((product) => ({ group, product }));
  return (
    <>
      <PageHead
        title={group.name}
        lead={t("groups.contractNumber", { number: contract.number })}
        before={
          <BackLink to="/groups" search={{ contract: id }}>
            {t("groups.back")}
          </BackLink>
        }
        actions={<Actions contract={id} {...{ group, groups, products, onRemoved }} />}
      />
      <Stack gap="lg">
        <Panel flush title={t("groups.products")} lead={t("groups.productsLead")}>
          {rows.length > 0 ? (
            <TermsTable contract={id} rows={rows} groups={groups} by="product" />
          ) : (
            <p className={`${classes.muted} ${classes.padded}`}>{t("groups.noProducts")}</p>
          )}
        </Panel>
        <Members contract={id} group={group} />
      </Stack>
    </>
  );
}

function Actions({
  contract,
  group,
  groups,
  products,
  onRemoved,
}: Omit<GroupViewProps, "contract"> & { contract: string }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<"name" | "remove" | null>(null);
  const onClose = () => setAsking(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<ChevronDown size={15} />} data-testid="group-actions">
            {t("groups.more", { name: group.name })}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<Pencil size={15} />}
            onClick={() => setAsking("name")}
            data-testid="group-rename"
          >
            {t("groups.rename")}
          </Menu.Item>
          <Menu.Item
            color="brick"
            leftSection={<Trash2 size={15} />}
            onClick={() => setAsking("remove")}
            data-testid="group-remove"
          >
            {t("groups.remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking === "name" ? <NameDialog {...{ contract, group, groups, onClose }} /> : null}
      {asking === "remove" ? <RemoveDialog {...{ contract, group, products, onClose, onRemoved }} /> : null}
    </>
  );
}
