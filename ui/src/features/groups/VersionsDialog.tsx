import { useState } from "react";
import { Checkbox, Text, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { KnownVersion } from "@/api/groups";
import { useLimitVersions, useProductVersions, type Limited } from "@/api/groups-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { FormDialog } from "@/components/FormDialog";
import { Loading } from "@/components/Loading";
import type { Named } from "./place";
import { Ways } from "./Ways";
import { allows, isRule, means, mostRules, namesOne } from "./rules";
import classes from "./Groups.module.css";

interface VersionsDialogProps {
  contract: string;
  product: Named;
  whom: Limited;
  /** Their name. */
  name: string;
  /** The list as it is; none where there is none. */
  rules: readonly string[] | null;
  onClose: () => void;
}

/** Rules as a person writes them, one in each line. */
function written(text: string): string[] {
  return [
    ...new Set(
      text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ];
}

/** Which versions of a product a group or a person may install: all, or a list (S-112). */
export function VersionsDialog({ contract, product, whom, name, rules, onClose }: VersionsDialogProps) {
  const { t } = useTranslation();
  const known = useProductVersions(contract, product.id);
  const limit = useLimitVersions(contract, product.id);
  const [all, setAll] = useState(rules === null);
  const [ticked, setTicked] = useState<readonly string[]>(() => rules?.filter(namesOne) ?? []);
  const [more, setMore] = useState(() => rules?.filter((rule) => !namesOne(rule)).join("\n") ?? "");
  const [asked, setAsked] = useState(false);
  const lines = written(more);
  const list = [...new Set([...ticked, ...lines])];
  const before = rules ?? [];
  const dirty =
    all !== (rules === null) || (!all && list.toSorted().join("\n") !== before.toSorted().join("\n"));
  const bad = lines.find((rule) => !isRule(rule));
  const submit = () => {
    setAsked(true);
    if (!all && (bad !== undefined || list.length === 0 || list.length > mostRules)) return;
    if (all && rules === null) return onClose();
    limit.mutate({ whom, versions: all ? null : list }, { onSuccess: onClose });
  };
  const fault =
    bad === undefined
      ? list.length > mostRules
        ? t("groups.versions.many", { count: mostRules })
        : null
      : t("groups.versions.bad", { rule: bad });
  const toggle = (version: string) =>
    setTicked(ticked.includes(version) ? ticked.filter((one) => one !== version) : [...ticked, version]);
  return (
    <FormDialog
      title={t("groups.versions.titleFor", { product: product.name, name })}
      confirm={t("groups.terms.save")}
      act={limit}
      dirty={dirty}
      onClose={onClose}
      onConfirm={submit}
    >
      <Ways
        label={t("groups.versions.lead")}
        ways={[
          { way: "all", label: t("groups.versions.all"), testId: "versions-all" },
          { way: "list", label: t("groups.versions.list"), testId: "versions-list" },
        ]}
        chosen={all ? "all" : "list"}
        onChosen={(way) => setAll(way === "all")}
      />
      {known.isPending ? <Loading /> : null}
      {known.error ? (
        <FailureNotice failure={known.error} remedies={{ retry: () => void known.refetch() }} />
      ) : null}
      {known.data && !all ? (
        <>
          <Ticks known={withListed(known.data.versions, ticked)} {...{ ticked, lines }} onToggle={toggle} />
          <Textarea
            label={t("groups.versions.more")}
            description={t("groups.versions.moreLead")}
            placeholder="2.1"
            autosize
            minRows={2}
            value={more}
            error={fault ?? (asked && list.length === 0 ? t("groups.versions.missing") : null)}
            onChange={(event) => setMore(event.currentTarget.value)}
            data-testid="versions-more"
          />
          {list.length > 0 && !fault ? <Outcome known={known.data.versions} list={list} /> : null}
        </>
      ) : null}
    </FormDialog>
  );
}

/** What there is, and what a list names without there being such a version any more. */
function withListed(known: readonly KnownVersion[], ticked: readonly string[]): string[] {
  return [...new Set([...known.map(({ version }) => version), ...ticked])];
}

interface TicksProps {
  known: readonly string[];
  ticked: readonly string[];
  lines: readonly string[];
  onToggle: (version: string) => void;
}

function Ticks({ known, ticked, lines, onToggle }: TicksProps) {
  const { t } = useTranslation();
  if (known.length === 0) return <Text size="sm">{t("groups.versions.none")}</Text>;
  return (
    <fieldset className={classes.fieldset}>
      <legend className={classes.legend}>{t("groups.versions.approved")}</legend>
      <div className={classes.choices}>
        {known.map((version) => {
          const rule = lines.find((line) => means(line, version));
          return (
            <Checkbox
              key={version}
              label={version}
              description={rule ? t("groups.versions.by", { rule }) : null}
              checked={ticked.includes(version) || rule !== undefined}
              disabled={rule !== undefined && !ticked.includes(version)}
              onChange={() => onToggle(version)}
              data-testid={`version-${version}`}
            />
          );
        })}
      </div>
    </fieldset>
  );
}

/** What a list locks of what there is now, so that nobody has to work it out. */
function Outcome({ known, list }: { known: readonly KnownVersion[]; list: readonly string[] }) {
  const { t } = useTranslation();
  const locked = known.filter(({ version }) => !allows(list, version)).map(({ version }) => version);
  return (
    <div className={classes.outcome} role="note" aria-label={t("groups.versions.outcome")}>
      <p data-testid="versions-outcome">
        {locked.length > 0
          ? t("groups.versions.locked", { versions: locked.join(", ") })
          : t("groups.versions.noneLocked")}
      </p>
    </div>
  );
}
