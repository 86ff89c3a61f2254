import { useState } from "react";
import { ActionIcon, Button, NativeSelect, NumberInput, Stack, Textarea, TextInput } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Panel } from "@/components/Panel";
import { asks, parsed, ruleKinds, ruleOf, textOf, written, type RuleKind } from "./own-rules";
import classes from "./Readiness.module.css";

interface OwnRulesProps {
  /** The rules as JSON. */
  text: string;
  onText: (text: string) => void;
}

/** The admin's own rules: a form for the common ones, JSON for all. */
export function OwnRules({ text, onText }: OwnRulesProps) {
  const { t } = useTranslation();
  const rules = parsed(text);
  return (
    <Panel title={t("readinessNew.rules")} lead={t("readinessNew.rulesLead")}>
      <Stack gap="md">
        {rules && rules.length > 0 ? (
          <ul className={classes.list} data-testid="own-rules">
            {rules.map((rule, index) => (
              <li key={String(rule["id"])} className={classes.between}>
                <span>{textOf(rule)}</span>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t("readinessNew.removeRule", { text: textOf(rule) })}
                  onClick={() => onText(written(rules.toSpliced(index, 1)))}
                >
                  <X size={16} />
                </ActionIcon>
              </li>
            ))}
          </ul>
        ) : null}
        <NewRule
          disabled={!rules}
          onRule={(make) => onText(written([...(rules ?? []), make(rules ?? [])]))}
        />
        <Textarea
          label={t("readinessNew.json")}
          description={t("readinessNew.jsonLead")}
          value={text}
          autosize
          minRows={3}
          maxRows={18}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: "0.8125rem" } }}
          error={rules ? null : t("readinessNew.jsonBad")}
          onChange={(event) => onText(event.currentTarget.value)}
          data-testid="rules-json"
        />
      </Stack>
    </Panel>
  );
}

type Rules = NonNullable<ReturnType<typeof parsed>>;

interface NewRuleProps {
  disabled: boolean;
  onRule: (make: (rules: Rules) => Rules[number]) => void;
}

function NewRule({ disabled, onRule }: NewRuleProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<RuleKind>("disk");
  const [amount, setAmount] = useState(40);
  const [subject, setSubject] = useState("");
  const { amount: unit, subject: named } = asks[kind];
  const complete = (!unit || amount > 0) && (!named || subject.trim() !== "");
  const add = () => {
    onRule((rules) => ruleOf(kind, amount, subject.trim(), rules, t));
    setSubject("");
  };
  return (
    <div className={classes.row} style={{ alignItems: "flex-end" }}>
      <NativeSelect
        label={t("readinessNew.kind")}
        value={kind}
        onChange={(event) => {
          const chosen = ruleKinds.find((one) => one === event.currentTarget.value);
          if (chosen) setKind(chosen);
        }}
        data={ruleKinds.map((value) => ({ value, label: t(`readinessNew.kinds.${value}`) }))}
        data-testid="rule-kind"
      />
      {named ? (
        <TextInput
          label={
            kind === "volume" || kind === "software" || kind === "port"
              ? t(`readinessNew.subjects.${kind}`)
              : ""
          }
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
          data-testid="rule-subject"
        />
      ) : null}
      {unit ? (
        <NumberInput
          label={t("readinessNew.amount")}
          value={amount}
          min={1}
          allowDecimal={false}
          suffix={unit === "size" ? " GB" : ""}
          onChange={(value) => setAmount(Number(value) || 0)}
          w="8rem"
          data-testid="rule-amount"
        />
      ) : null}
      <Button
        variant="default"
        leftSection={<Plus size={16} />}
        disabled={disabled || !complete}
        onClick={add}
        data-testid="rule-add"
      >
        {t("readinessNew.addRule")}
      </Button>
    </div>
  );
}
