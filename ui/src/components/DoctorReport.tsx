import { Button, CopyButton } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useTranslation } from "react-i18next";
import { CheckList, type CheckFacts } from "./CheckList";
import { Notice } from "./Notice";
import { Panel } from "./Panel";
import type { VerdictName } from "./VerdictMark";
import classes from "./DoctorReport.module.css";

const tones = { pass: "info", warn: "warn", fail: "alarm" } as const;

/** What came of a look at everything. */
export interface ReportFacts {
  readonly verdict: VerdictName;
  readonly checks: readonly CheckFacts[];
  readonly hosts: readonly string[];
}

/** Everything that was looked at, and the host names that a network has to let through. */
export function DoctorReport({ found }: { found: ReportFacts }) {
  const { t } = useTranslation();
  return (
    <div className={classes.stack}>
      <Notice
        tone={tones[found.verdict]}
        title={t(`connection.verdict.${found.verdict}`)}
        urgent={found.verdict === "fail"}
      />
      <Panel title={t("connection.checks")}>
        <CheckList checks={found.checks} />
      </Panel>
      {found.hosts.length > 0 ? <Hosts hosts={found.hosts} /> : null}
    </div>
  );
}

function Hosts({ hosts }: { hosts: readonly string[] }) {
  const { t } = useTranslation();
  const copyAll = (
    <CopyButton value={hosts.join("\n")}>
      {({ copied, copy }) => (
        <Button
          size="xs"
          variant="default"
          leftSection={copied ? <Check size={14} /> : <Copy size={14} />}
          onClick={copy}
        >
          {copied ? t("common.copied") : t("connection.copyHosts")}
        </Button>
      )}
    </CopyButton>
  );
  return (
    <Panel title={t("connection.hosts")} lead={t("connection.hostsLead")} aside={copyAll}>
      <ul className={classes.hosts} data-testid="doctor-hosts">
        {hosts.map((host) => (
          <li key={host}>
            <code>{host}</code>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
