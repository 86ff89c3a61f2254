import { useTranslation } from "react-i18next";
import type { ContractStanding, Me, Role } from "@/api/types";
import { Facts } from "@/components/Facts";
import { PageHead } from "@/components/PageHead";
import { Panel } from "@/components/Panel";
import { StackTable } from "@/components/StackTable";
import { Tag } from "@/components/Tag";
import classes from "./ProfilePage.module.css";

/** The signed-in person as the organisation knows them. */
export function ProfilePage({ me }: { me: Me }) {
  const { t } = useTranslation();
  return (
    <div className={classes.page}>
      <PageHead title={t("profile.title")} lead={t("profile.lead")} />
      <Panel>
        <Facts
          facts={[
            { label: t("profile.name"), value: me.name },
            { label: t("profile.userId"), value: me.user_id },
            { label: t("profile.organisation"), value: me.organisation_name },
          ]}
        />
      </Panel>
      <h2 className={classes.heading}>{t("profile.standing")}</h2>
      <StackTable
        caption={t("profile.standing")}
        rows={me.contracts}
        keyOf={({ contract }) => contract}
        columns={[
          { label: t("profile.contract"), cell: ({ number }) => <b className={classes.number}>{number}</b> },
          { label: t("profile.roles"), cell: (standing) => <Roles standing={standing} /> },
          { label: t("profile.benefits"), cell: (standing) => <Benefits standing={standing} /> },
          { label: t("profile.support"), cell: ({ support }) => t(`common.supportLevel.${support}`) },
        ]}
      />
    </div>
  );
}

function Roles({ standing }: { standing: ContractStanding }) {
  const { t } = useTranslation();
  return (
    <span className={classes.tags}>
      {standing.roles.map((role) => (
        <Tag key={role} tone="ink">
          {t(`common.role.${role}`)}
        </Tag>
      ))}
    </span>
  );
}

/** Roles that have every benefit without being granted one. */
const administering: ReadonlySet<Role> = new Set(["contract_manager", "software_coordinator"]);

function Benefits({ standing }: { standing: ContractStanding }) {
  const { t } = useTranslation();
  if (standing.roles.some((role) => administering.has(role))) return t("profile.benefitsByRole");
  if (standing.benefits.length === 0) return t("common.none");
  return standing.benefits.map((benefit) => t(`common.benefit.${benefit}`)).join(", ");
}
