import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Panel } from "./Panel";
import { Tag } from "./Tag";
import classes from "./Administrators.module.css";

/** Somebody whom a person can ask. */
export interface AdministratorFacts {
  readonly name: string;
  readonly email: string;
  readonly role: "contract_manager" | "software_coordinator" | "user" | "named_caller";
  readonly by_default: boolean;
}

interface AdministratorsProps {
  people: readonly AdministratorFacts[];
  /** The User ID of whoever looks. */
  self: string;
}

/** Whom to ask for access (S-30); everybody once, with all roles. */
export function Administrators({ people, self }: AdministratorsProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t("common.administrators.title")} lead={t("common.administrators.lead")}>
      {people.length === 0 ? <p className={classes.none}>{t("common.administrators.none")}</p> : null}
      <ul className={classes.list}>
        {byPerson(people).map(({ email, name, roles }) => (
          <li key={email}>
            <span className={classes.name}>
              {name}
              {email === self ? <Tag tone="ink">{t("common.administrators.you")}</Tag> : null}
            </span>
            {roles.map((person) => (
              <span key={person.role} className={classes.role}>
                {t(`common.role.${person.role}`)}
                {person.by_default ? ` (${t("common.administrators.byDefault")})` : ""}
              </span>
            ))}
            <Anchor href={`mailto:${email}`} size="sm" className={classes.email}>
              {email}
            </Anchor>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function byPerson(people: readonly AdministratorFacts[]) {
  const emails = [...new Set(people.map(({ email }) => email))];
  return emails.map((email) => {
    const roles = people.filter((person) => person.email === email);
    return { email, name: roles[0]?.name ?? email, roles };
  });
}
