import { useState } from "react";
import { Button, Group } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { ScanSearch, Wrench } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useExamine, useRepair } from "@/api/actions";
import type { ExaminationView, InstalledView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import { Metered } from "@/components/Metered";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import classes from "./ManagePage.module.css";

/** More paths than this are counted, not listed. */
const mostPaths = 100;

interface FilesPanelProps {
  installed: InstalledView;
  busy: boolean;
}

/** Reads all files and lists what is damaged, missing and extra; then repairs just that (B-07). */
export function FilesPanel({ installed, busy }: FilesPanelProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const examine = useExamine(installed.product);
  const repair = useRepair(installed.product);
  const found = examine.data;
  const [agreed, setAgreed] = useState(false);
  const cost = found?.metered_bytes ?? null;
  const sound = found && found.damaged.length + found.missing.length === 0;
  return (
    <Panel title={t("manage.files")} lead={t("manage.filesLead")}>
      <div className={classes.stack}>
        {examine.error ? <FailureNotice failure={examine.error} /> : null}
        {repair.error ? <FailureNotice failure={repair.error} /> : null}
        {sound ? <Notice tone="info" title={t("manage.sound")} /> : null}
        {found ? <Findings found={found} /> : null}
        {cost !== null ? <Metered size={cost} agreed={agreed} onAgreed={setAgreed} /> : null}
        <Group gap="xs">
          {found && !sound ? (
            <Button
              data-testid="repair"
              leftSection={<Wrench size={16} />}
              disabled={busy || (cost !== null && !agreed)}
              loading={repair.isPending}
              onClick={() => repair.mutate(agreed, { onSuccess: () => void navigate({ to: "/jobs" }) })}
            >
              {t("manage.repair", { count: found.damaged.length + found.missing.length })}
            </Button>
          ) : null}
          <Button
            variant="default"
            data-testid="examine"
            leftSection={<ScanSearch size={16} />}
            disabled={busy}
            loading={examine.isPending}
            onClick={() => examine.mutate()}
          >
            {t(found ? "manage.examineAgain" : "manage.examine")}
          </Button>
        </Group>
      </div>
    </Panel>
  );
}

function Findings({ found }: { found: ExaminationView }) {
  const { t } = useTranslation();
  return (["damaged", "missing", "extra"] as const)
    .filter((kind) => found[kind].length > 0)
    .map((kind) => (
      <section key={kind} className={classes.group} data-testid={`files-${kind}`}>
        <h3>{t(`manage.found.${kind}`, { count: found[kind].length })}</h3>
        <ul className={classes.paths}>
          {found[kind].slice(0, mostPaths).map((path) => (
            <li key={path}>
              {path}
              {kind === "damaged" && found.unreadable.includes(path) ? ` – ${t("manage.unreadable")}` : ""}
            </li>
          ))}
        </ul>
        {found[kind].length > mostPaths ? (
          <p className={classes.muted}>{t("manage.more", { count: found[kind].length - mostPaths })}</p>
        ) : null}
      </section>
    ));
}
