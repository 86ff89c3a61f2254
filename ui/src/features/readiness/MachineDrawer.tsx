import { useState } from "react";
import { Button, Drawer, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { MachineDetail, MachineRule } from "@/api/readiness";
import { useMachine } from "@/api/readiness-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Facts } from "@/components/Facts";
import { Loading } from "@/components/Loading";
import { Tag } from "@/components/Tag";
import { VerdictMark } from "@/components/VerdictMark";
import { VerdictText } from "@/components/VerdictText";
import { factText } from "@/components/fact-text";
import { moment } from "@/lib/format";
import { AcceptDialog, type Acceptable } from "./AcceptDialog";
import classes from "./Readiness.module.css";

interface MachineDrawerProps {
  check: string;
  machine: string | null;
  onClose: () => void;
}

/** One computer with every rule, every fact, and its reports. */
export function MachineDrawer({ check, machine, onClose }: MachineDrawerProps) {
  const { t } = useTranslation();
  const detail = useMachine(check, machine);
  const name = detail.data?.machine.name ?? "";
  const [accepting, setAccepting] = useState<Acceptable | null>(null);
  return (
    <Drawer
      opened={machine !== null}
      onClose={onClose}
      // Escape is the dialog's while it is asked.
      closeOnEscape={accepting === null}
      position="right"
      size="lg"
      title={name || t("readinessMachines.name")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {detail.isLoading ? <Loading /> : null}
      {detail.error ? <FailureNotice failure={detail.error} /> : null}
      {detail.data ? <Detail detail={detail.data} onAccept={setAccepting} /> : null}
      {accepting ? (
        <AcceptDialog check={check} finding={accepting} onClose={() => setAccepting(null)} />
      ) : null}
    </Drawer>
  );
}

interface DetailProps {
  detail: MachineDetail;
  onAccept: (finding: Acceptable) => void;
}

function Detail({ detail, onAccept }: DetailProps) {
  const { t } = useTranslation();
  const order = { fail: 0, warn: 1, pass: 2 } as const;
  const rules = detail.rules.toSorted((left, right) => order[left.verdict] - order[right.verdict]);
  const machine = { id: detail.machine.machine, name: detail.machine.name };
  const accept = ({ rule, text, product }: MachineRule) =>
    onAccept({ rule, text, machine, ...(product ? { product } : {}) });
  return (
    <Stack gap="lg">
      <section aria-label={t("readinessMachines.rules")}>
        <ul className={classes.list}>
          {rules.map((rule) => (
            <li key={`${rule.product ?? ""}/${rule.rule}`}>
              <Rule rule={rule} onAccept={() => accept(rule)} />
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={t("readinessMachines.history")}>
        <h3>{t("readinessMachines.history")}</h3>
        <ul className={classes.list}>
          {detail.reports.map(({ verdict, measured_at }) => (
            <li key={measured_at} className={classes.between}>
              <VerdictText verdict={verdict} />
              <span className={classes.muted}>{moment(measured_at)}</span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={t("readinessMachines.facts")}>
        <h3>{t("readinessMachines.facts")}</h3>
        <Facts
          facts={[
            { label: t("readinessMachines.tool"), value: detail.tool },
            {
              label: t("readinessMachines.device"),
              value: <span className={classes.digest}>{detail.device}</span>,
            },
            ...detail.facts.map(({ name, fact }) => ({ label: name, value: factText(name, fact, t) })),
          ]}
        />
      </section>
    </Stack>
  );
}

function Rule({ rule, onAccept }: { rule: MachineRule; onAccept: () => void }) {
  const { t } = useTranslation();
  const changed = rule.before && rule.before !== rule.verdict;
  return (
    <div className={classes.between}>
      <div>
        <span className={classes.state}>
          <VerdictMark verdict={rule.verdict} size={16} />
          <b>{rule.text}</b>
          {rule.accepted ? <Tag tone="ink">{t("readinessMachines.acceptedMark")}</Tag> : null}
          {changed ? (
            <Tag>{t("readinessMachines.was", { verdict: t(`common.verdict.${rule.before ?? "pass"}`) })}</Tag>
          ) : null}
        </span>
        <span className={classes.detail}>
          {t("readinessMachines.measured")}: {rule.measured} · {t("readinessMachines.needed")}: {rule.needed}
        </span>
        {rule.fix ? <span className={classes.detail}>{rule.fix}</span> : null}
      </div>
      {rule.verdict !== "pass" && !rule.accepted ? (
        <Button size="compact-xs" variant="default" onClick={onAccept} data-testid="machine-accept">
          {t("readinessMachines.accept")}
        </Button>
      ) : null}
    </div>
  );
}
