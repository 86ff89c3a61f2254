import { Button, Checkbox } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { PlanView, RuleView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import { Metered } from "@/components/Metered";
import { Notice } from "@/components/Notice";
import { PathText } from "@/components/PathText";
import { Panel } from "@/components/Panel";
import type { Failure } from "@/lib/failure";
import { bytes } from "@/lib/format";
import { Later } from "./Later";
import { SpaceBar } from "./SpaceBar";
import { Volumes } from "./Volumes";
import type { Wishes } from "./choice";
import { isTime } from "./next-time";
import { parts } from "./parts";
import classes from "./PlanSummary.module.css";

interface PlanSummaryProps {
  plan: PlanView;
  stale: boolean;
  termsMissing: boolean;
  wishes: Wishes;
  onWishes: (wishes: Wishes) => void;
  pending: boolean;
  failure: Failure | null;
  /** Whether a shortcut on the desktop is wanted (S-129). */
  onShortcut: (wanted: boolean) => void;
  onInstall: (wishes: Wishes) => void;
}

/** The four sizes (S-114), the folder, and the button with the reason when it cannot be pressed. */
export function PlanSummary(props: PlanSummaryProps) {
  const { plan, stale, wishes, onWishes, pending, failure, onShortcut, onInstall } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const obstacle = useObstacle(props);
  const warned = plan.report.verdict === "warn";
  const sizes = [
    ["install.toFetch", plan.fetch_bytes, "plan-fetch"],
    ["install.onDisk", plan.installed_bytes, "plan-installed"],
    ["install.peak", plan.peak_bytes, "plan-peak"],
    ["install.free", plan.free_bytes, "plan-free"],
  ] as const;
  return (
    <Panel id={parts.summary} title={t("install.sizes")}>
      <dl className={classes.sizes} data-stale={stale || undefined}>
        {sizes.map(([label, value, testId]) => (
          <div key={label}>
            <dt>{t(label)}</dt>
            <dd data-testid={testId}>{bytes(value)}</dd>
          </div>
        ))}
      </dl>
      <SpaceBar installed={plan.installed_bytes} peak={plan.needed_bytes} free={plan.free_bytes} />
      {plan.needed_bytes < plan.peak_bytes ? (
        <p className={classes.note}>
          {t("install.peakThere", { size: bytes(plan.peak_bytes - plan.needed_bytes) })}
        </p>
      ) : null}
      {plan.tells_volumes ? <Volumes volumes={plan.volumes} /> : null}
      {plan.held_bytes > 0 ? (
        <p className={classes.note}>{t("install.held", { size: bytes(plan.held_bytes) })}</p>
      ) : null}
      {plan.shared_bytes > 0 ? (
        <p className={classes.note}>{t("install.shared", { size: bytes(plan.shared_bytes) })}</p>
      ) : null}
      <p className={classes.folder}>
        <span>{t("install.folder")}</span>
        <code>
          <PathText path={plan.folder} />
        </code>
      </p>
      {plan.desktop_shortcut !== null ? (
        <Checkbox
          className={classes.notice ?? ""}
          data-testid="desktop-shortcut"
          checked={plan.desktop_shortcut}
          onChange={(event) => onShortcut(event.currentTarget.checked)}
          label={t("install.desktopShortcut")}
        />
      ) : null}
      {plan.missing_parts.length > 0 ? (
        <Notice
          tone="info"
          title={t("install.missingParts", { parts: plan.missing_parts.join(", ") })}
          className={classes.notice}
        />
      ) : null}
      {obstacle?.tone === "alarm" ? (
        <Notice tone="alarm" title={obstacle.text} className={classes.notice}>
          <Shortcomings rules={plan.report.rules} verdict="fail" />
        </Notice>
      ) : null}
      {!obstacle && warned ? (
        <Notice tone="warn" title={t("install.anywayMeaning")} className={classes.notice}>
          <Shortcomings rules={plan.report.rules} verdict="warn" />
        </Notice>
      ) : null}
      {plan.asks_metered ? (
        <Metered
          className={classes.notice}
          size={plan.fetch_bytes}
          agreed={wishes.metered}
          onAgreed={(metered) => onWishes({ ...wishes, metered })}
        />
      ) : null}
      {failure ? (
        <FailureNotice
          failure={failure}
          remedies={{
            agree: () => onInstall({ ...wishes, metered: true }),
            show_jobs: () => void navigate({ to: "/jobs" }),
          }}
          className={classes.notice}
        />
      ) : null}
      <Later time={wishes.later} onTime={(later) => onWishes({ ...wishes, later })} />
      <Button
        fullWidth
        size="md"
        data-testid="plan-install"
        data-goal
        leftSection={<Download size={18} />}
        disabled={obstacle !== null || stale}
        loading={pending}
        aria-describedby="plan-note"
        onClick={() => onInstall(wishes)}
      >
        {wishes.later === null
          ? t(warned ? "install.submitAnyway" : "install.submit")
          : t("install.submitLater", { time: wishes.later })}
      </Button>
      <p id="plan-note" className={classes.note} data-testid="plan-note">
        {obstacle?.tone === "quiet" ? obstacle.text : ""}
        {plan.restart_needed ? ` ${t("install.restartNeeded")}` : ""}
      </p>
    </Panel>
  );
}

interface ShortcomingsProps {
  rules: readonly RuleView[];
  verdict: "warn" | "fail";
}

/** What each rule wants to have changed, beside the button that it stops or qualifies (S-106). */
function Shortcomings({ rules, verdict }: ShortcomingsProps) {
  const those = rules.filter((rule) => rule.verdict === verdict);
  if (those.length === 0) return null;
  return (
    <ul className={classes.shortcomings} data-testid={`plan-${verdict}`}>
      {those.map((rule) => (
        <li key={rule.id}>
          <b>{rule.text}</b> {rule.fix}
        </li>
      ))}
    </ul>
  );
}

/** Why the button cannot be pressed, and how bad that is. */
interface Obstacle {
  readonly tone: "quiet" | "alarm";
  readonly text: string;
}

function useObstacle({ plan, termsMissing, wishes }: PlanSummaryProps): Obstacle | null {
  const { t } = useTranslation();
  const unmet = plan.report.rules.filter(({ verdict }) => verdict === "fail").map(({ text }) => text);
  if (plan.report.verdict === "fail") {
    return { tone: "alarm", text: t("install.blocked", { rules: unmet.join(", ") }) };
  }
  if (plan.nothing_to_do) return { tone: "quiet", text: t("install.nothingToDo") };
  const short = plan.volumes.find((volume) => volume.is_short);
  if (short) {
    const sizes = { mount: short.mount, need: bytes(short.needed_bytes), free: bytes(short.free_bytes) };
    return { tone: "alarm", text: t("install.noRoom", sizes) };
  }
  if (wishes.later !== null && !isTime(wishes.later)) {
    return { tone: "quiet", text: t("install.laterMissing") };
  }
  if (plan.asks_metered && !wishes.metered) return { tone: "quiet", text: t("install.meteredMissing") };
  return termsMissing ? { tone: "quiet", text: t("install.termsMissing") } : null;
}
