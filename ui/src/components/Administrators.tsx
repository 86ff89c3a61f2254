import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Panel } from "./Panel";
import classes from "./Administrators.module.css";

/** Somebody whom a person can ask. */
export interface AdministratorFacts {
  readonly name: string;
  readonly email: string;
  readonly role: "contract_manager" | "software_coordinator" | "user" | "named_caller";
  readonly by_default: boolean;
}

/** Whom to ask for access (S-30). */
export function Administrators({ people }: { people: readonly AdministratorFacts[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("common.administrators.title")} lead={t("common.administrators.lead")}>
      {people.length === 0 ? <p className={classes.none}>{t("common.administrators.none")}</p> : null}
      <ul className={classes.list}>
        {people.map((person) => (
          <li key={`${person.email} ${person.role}`}>
            <span className={classes.name}>{person.name}</span>
            <span className={classes.role}>
              {t(`common.role.${person.role}`)}
              {person.by_default ? ` (${t("common.administrators.byDefault")})` : ""}
            </span>
            <Anchor href={`mailto:${person.email}`} size="sm" className={classes.email}>
              {person.email}
            </Anchor>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
