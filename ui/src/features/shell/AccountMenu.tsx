import { Button, Popover, UnstyledButton } from "@mantine/core";
import { ChevronDown, LogOut } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSignOut } from "@/api/actions";
import type { Me, Role } from "@/api/types";
import { SchemeSwitch } from "@/components/SchemeSwitch";
import { Tag } from "@/components/Tag";
import classes from "./AccountMenu.module.css";

/** Who is signed in: name, organisation, roles; appearance; the way out. */
export function AccountMenu({ me }: { me: Me | null }) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  const name = me?.name ?? t("shell.offlineAccount");
  return (
    <Popover position="bottom-end" width={288} shadow="sm" radius="md" trapFocus>
      <Popover.Target>
        <UnstyledButton className={classes.target} data-testid="user-menu">
          <span className={classes.initials} aria-hidden="true">
            {initials(name)}
          </span>
          <span className={classes.words}>
            <span className={classes.name}>{name}</span>
            {me ? <span className={classes.organisation}>{me.organisation_name}</span> : null}
          </span>
          <ChevronDown size={16} aria-hidden="true" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown}>
        {me ? (
          <div className={classes.person}>
            <p className={classes.full}>{me.name}</p>
            <p className={classes.detail}>{me.user_id}</p>
            <p className={classes.detail}>{me.organisation_name}</p>
            <p className={classes.roles}>
              {rolesOf(me).map((role) => (
                <Tag key={role} tone="ink">
                  {t(`common.role.${role}`)}
                </Tag>
              ))}
            </p>
          </div>
        ) : null}
        <div>
          <SchemeSwitch fullWidth />
        </div>
        <Button
          fullWidth
          variant="default"
          leftSection={<LogOut size={16} aria-hidden="true" />}
          data-testid="sign-out"
          loading={signOut.isPending}
          onClick={() => signOut.mutate()}
        >
          {t("shell.signOut")}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

const order: readonly Role[] = ["contract_manager", "software_coordinator", "user", "named_caller"];

/** The person's roles over all contracts, the highest first. */
function rolesOf(me: Me): Role[] {
  const held = new Set(me.contracts.flatMap(({ roles }) => roles));
  return order.filter((role) => held.has(role));
}

function initials(name: string): string {
  const words = name.split(/\s+/);
  const last = words.length > 1 ? (words.at(-1)?.charAt(0) ?? "") : "";
  return ((words[0]?.charAt(0) ?? "") + last).toUpperCase();
}
