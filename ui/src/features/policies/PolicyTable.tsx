import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Group } from "@/api/groups";
import type { UpdatePolicy } from "@/api/update-policies";
import { StackTable } from "@/components/StackTable";
import { PolicyActions } from "./PolicyActions";
import { productsOf, sentenceOf, whomOf } from "./policy-text";
import { StandingTag } from "./StandingTag";
import { useProductNames } from "./use-product-names";
import classes from "./Policies.module.css";

interface PolicyTableProps {
  contract: string;
  policies: readonly UpdatePolicy[];
  groups: readonly Group[];
}

/** The policies of a contract: what each does, for whom, and how it stands. */
export function PolicyTable({ contract, policies, groups }: PolicyTableProps) {
  const { t } = useTranslation();
  const names = useProductNames();
  return (
    <StackTable
      caption={t("policies.title")}
      rows={policies}
      keyOf={({ policy }) => policy}
      columns={[
        {
          label: t("policies.policy"),
          cell: ({ policy, rule }) => (
            <>
              <Link
                to="/policies/$policy"
                params={{ policy }}
                search={{ contract }}
                className={classes.title}
              >
                {rule.name}
              </Link>
              <span className={classes.sentence}>{sentenceOf(rule, t)}</span>
              <span className={classes.detail}>{productsOf(rule, names, t)}</span>
            </>
          ),
        },
        {
          label: t("policies.whom"),
          cell: ({ rule }) =>
            whomOf(rule, groups, t).map((part) => (
              <span key={part} className={classes.part}>
                {part}
              </span>
            )),
        },
        {
          label: t("policies.state"),
          cell: (policy) => (
            <>
              <StandingTag policy={policy} />
              {policy.halted ? <span className={classes.detail}>{t("policies.haltedDetail")}</span> : null}
            </>
          ),
        },
        {
          label: t("policies.actions"),
          cell: (policy) => <PolicyActions contract={contract} policy={policy} />,
        },
      ]}
    />
  );
}
