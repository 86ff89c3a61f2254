import { useId, useState } from "react";
import { Button, Group as Row, Stack, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Contract } from "@/api/types";
import type { ContractPerson, Group } from "@/api/groups";
import type { UpdatePolicy } from "@/api/update-policies";
import { useSavePolicy } from "@/api/update-policy-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Panel } from "@/components/Panel";
import { useUnsaved } from "@/components/use-unsaved";
import { FreezeFields } from "./FreezeFields";
import { Preview } from "./Preview";
import { RingFields } from "./RingFields";
import { WhatFields } from "./WhatFields";
import { WhenFields } from "./WhenFields";
import { WhomFields } from "./WhomFields";
import { draftOf, faultsOf, newDraft, ruleOf, saysTheSame, type PolicyDraft } from "./policy-draft";
import type { FieldsProps } from "./fields";
import classes from "./Policies.module.css";

interface PolicyFormProps {
  contract: Contract;
  /** The policy that is changed; null for a new one. */
  before: UpdatePolicy | null;
  /** The names that are taken. */
  others: readonly string[];
  groups: readonly Group[];
  people: readonly ContractPerson[];
  onSaved: () => void;
}

/** The form of a policy, and beside it who would get what and when. */
export function PolicyForm({ contract, before, others, groups, people, onSaved }: PolicyFormProps) {
  const { t } = useTranslation();
  const reasonId = useId();
  const [start] = useState<PolicyDraft>(() => (before ? draftOf(before.rule) : newDraft));
  const [draft, setDraft] = useState(start);
  const [named, setNamed] = useState(before !== null);
  const save = useSavePolicy(contract.contract, before?.policy ?? null);
  const change = (part: Partial<PolicyDraft>) => setDraft({ ...draft, ...part });
  const faults = faultsOf(draft, others);
  const wrong: FieldsProps["wrong"] = (at) => {
    const fault = faults.find((one) => one.at === at);
    return fault ? t(`policyFaults.${fault.text}`) : null;
  };
  const changed = !saysTheSame(draft, start);
  const same = before !== null && faults.length === 0 && !changed;
  const unsaved = useUnsaved(changed);
  const reason = faults[0]?.text ?? (same ? "unchanged" : null);
  const judged = faults.every(({ at }) => at === "name") ? ruleOf(draft) : null;
  const products = [...new Set(contract.subscriptions.map(({ product }) => product))];
  return (
    <>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (reason === null) save.mutate(ruleOf(draft), { onSuccess: onSaved });
        }}
      >
        <Stack gap="lg" className={classes.fields}>
          <Panel>
            <TextInput
              label={t("policyForm.name")}
              placeholder={t("policyForm.namePlaceholder")}
              value={draft.name}
              required
              error={named ? wrong("name") : null}
              onBlur={() => setNamed(true)}
              onChange={(event) => change({ name: event.currentTarget.value })}
              data-testid="policy-name"
            />
          </Panel>
          <WhenFields draft={draft} change={change} wrong={wrong} />
          <WhatFields products={products} draft={draft} change={change} wrong={wrong} />
          <WhomFields
            contract={contract.contract}
            groups={groups}
            people={people}
            draft={draft}
            change={change}
            wrong={wrong}
          />
          <RingFields groups={groups} draft={draft} change={change} wrong={wrong} />
          <FreezeFields draft={draft} change={change} wrong={wrong} />
        </Stack>
        <div className={classes.aside}>
          <Preview
            contract={contract.contract}
            policy={before?.policy ?? null}
            rule={judged}
            lacksPeople={wrong("whom") !== null}
          />
          {save.error ? <FailureNotice failure={save.error} /> : null}
          <div className={classes.foot}>
            <p id={reasonId} className={classes.reason} data-testid="policy-reason">
              {reason ? t(`policyFaults.${reason}`) : ""}
            </p>
            <Row gap="sm" wrap="nowrap">
              <Button
                variant="default"
                renderRoot={(props) => (
                  <Link to="/policies" search={{ contract: contract.contract }} {...props} />
                )}
              >
                {t("common.cancel")}
              </Button>
              <Button
                type="submit"
                disabled={reason !== null}
                loading={save.isPending}
                {...(reason ? { "aria-describedby": reasonId } : {})}
                data-testid="policy-save"
              >
                {t("policyForm.save")}
              </Button>
            </Row>
          </div>
        </div>
      </form>
      {unsaved.question}
    </>
  );
}
