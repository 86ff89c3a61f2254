import { useState } from "react";
import { Button, Checkbox, NumberInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLimit, useSetLimit } from "@/api/fetching";
import type { LimitView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Panel } from "@/components/Panel";
import { useUnsaved } from "@/components/use-unsaved";
import { rate } from "@/lib/format";
import {
  choiceOf,
  draftOf,
  hasNoHours,
  isSound,
  isTooSmall,
  leastRate,
  type LimitDraft,
  type TypedRate,
} from "./limit-draft";
import classes from "./LimitPanel.module.css";

/** How fast may be fetched on this computer, also by the hour (B-05). */
export function LimitPanel() {
  const { t } = useTranslation();
  const limit = useLimit();
  return (
    <Panel title={t("limit.title")} lead={t("limit.lead")}>
      {limit.error ? (
        <FailureNotice failure={limit.error} remedies={{ retry: () => void limit.refetch() }} />
      ) : null}
      {limit.isPending ? <Loading /> : null}
      {limit.data ? <LimitForm key={JSON.stringify(limit.data.set)} limit={limit.data} /> : null}
    </Panel>
  );
}

function LimitForm({ limit }: { limit: LimitView }) {
  const { t } = useTranslation();
  const [start] = useState<LimitDraft>(() => draftOf(limit.set));
  const [draft, setDraft] = useState(start);
  const save = useSetLimit();
  const change = (part: Partial<LimitDraft>) => setDraft({ ...draft, ...part });
  const isChanged = JSON.stringify(choiceOf(draft)) !== JSON.stringify(choiceOf(start));
  const unsaved = useUnsaved(isChanged);
  return (
    <>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(choiceOf(draft));
        }}
      >
        <fieldset className={classes.fields} disabled={limit.by_policy}>
          <RateInput
            label={t("limit.usual")}
            testId="limit-usual"
            value={draft.usual}
            onChange={(usual) => change({ usual })}
          />
          <Checkbox
            data-testid="limit-has-hours"
            checked={draft.hasHours}
            onChange={(event) => change({ hasHours: event.currentTarget.checked })}
            label={t("limit.hours")}
          />
          {draft.hasHours ? <HoursInput draft={draft} onChange={change} /> : null}
        </fieldset>
        {limit.by_policy ? (
          <p className={classes.now} data-testid="limit-by-policy">
            {t("limit.byPolicy")}
          </p>
        ) : null}
        {save.error ? <FailureNotice failure={save.error} /> : null}
        <div className={classes.foot}>
          {limit.by_policy ? null : (
            <Button
              type="submit"
              data-testid="limit-save"
              disabled={!isChanged || !isSound(draft)}
              loading={save.isPending}
            >
              {t("limit.save")}
            </Button>
          )}
          <RateNow now={limit.now_bytes_per_s} />
        </div>
      </form>
      {unsaved.question}
    </>
  );
}

function RateNow({ now }: { now: number | null }) {
  const { t } = useTranslation();
  return (
    <p className={classes.now} data-testid="limit-now" aria-live="polite">
      {now === null ? t("limit.nowNone") : t("limit.now", { rate: rate(now) })}
    </p>
  );
}

interface HoursInputProps {
  draft: LimitDraft;
  onChange: (part: Partial<LimitDraft>) => void;
}

function HoursInput({ draft, onChange }: HoursInputProps) {
  const { t } = useTranslation();
  const overMidnight = draft.to < draft.from ? t("limit.overMidnight") : null;
  return (
    <div className={classes.hours}>
      <TextInput
        type="time"
        label={t("limit.from")}
        data-testid="limit-from"
        value={draft.from}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        type="time"
        label={t("limit.to")}
        data-testid="limit-to"
        value={draft.to}
        description={overMidnight}
        inputWrapperOrder={["label", "input", "description", "error"]}
        error={hasNoHours(draft) ? t("limit.sameTimes") : null}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
      <RateInput
        label={t("limit.inHours")}
        testId="limit-in-hours"
        value={draft.inHours}
        onChange={(inHours) => onChange({ inHours })}
      />
    </div>
  );
}

interface RateInputProps {
  label: string;
  testId: string;
  value: TypedRate;
  onChange: (value: TypedRate) => void;
}

/** MB a second; empty is no limit. */
function RateInput({ label, testId, value, onChange }: RateInputProps) {
  const { t } = useTranslation();
  return (
    <NumberInput
      className={classes.rate}
      label={`${label} (${t("limit.unit")})`}
      placeholder={t("limit.none")}
      data-testid={testId}
      value={value}
      min={0}
      step={0.5}
      decimalScale={3}
      allowNegative={false}
      error={isTooSmall(value) ? t("limit.tooSmall", { rate: rate(leastRate) }) : null}
      onChange={onChange}
    />
  );
}
