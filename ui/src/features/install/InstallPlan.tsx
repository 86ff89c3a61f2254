import { useState } from "react";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useInstall } from "@/api/actions";
import { useFeed } from "@/api/feed";
import type { PlanView } from "@/api/native.gen";
import { useChannelChoice } from "@/api/offers";
import { useApp, usePlan } from "@/api/queries";
import { useReading } from "@/api/read-me";
import type { ProductEntitlement } from "@/api/types";
import { ChannelLine } from "@/components/ChannelLine";
import { FailureNotice } from "@/components/FailureNotice";
import { Panel } from "@/components/Panel";
import { ReadMeDialog } from "@/components/ReadMeDialog";
import { RuleList } from "@/components/RuleList";
import { useUnsaved } from "@/components/use-unsaved";
import { offersFor } from "@/lib/releases";
import { ComponentList } from "./ComponentList";
import { FolderChoice } from "./FolderChoice";
import { Needed } from "./Needed";
import { PlanSummary } from "./PlanSummary";
import { ReleaseChoice } from "./ReleaseChoice";
import { TakeOver } from "./TakeOver";
import { Scripts } from "./Scripts";
import { Terms } from "./Terms";
import { noWishes, nothingChosen, type Choice, type Wishes } from "./choice";
import { FirstSteps } from "./FirstSteps";
import { nextAt } from "./next-time";
import { parts } from "./parts";
import { Loading } from "@/components/Loading";
import classes from "./InstallPlan.module.css";

interface InstallPlanProps {
  product: string;
  entitlement: ProductEntitlement | null;
  /** The version to begin with; the recommended one without it. */
  version: string | null;
  /** The language to begin with; the usual one without it. */
  language: string | null;
  /** The download on this computer to install from, if any. */
  from: string | null;
  /** Whether it begins with taking over what something else installed. */
  takingOver: boolean;
  onStarted: (job: string) => void;
}

/** What would be installed, what it takes, what to accept; then the button (S-114, S-118, S-128). */
export function InstallPlan({ product, entitlement, version, language, from, ...begun }: InstallPlanProps) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState<Choice>({ ...nothingChosen, version, language, from });
  const [takesOver, setTakesOver] = useState(begun.takingOver);
  const plan = usePlan(product, choice);
  const channels = useChannelChoice(product);
  // One that will not do stays where it can be changed, though there is no plan for it.
  const folder = choice.folder ?? plan.data?.folder ?? null;
  // Versions and languages are one click each; folders and components take more.
  const unsaved = useUnsaved(choice.folder !== null || choice.components !== null || choice.adopt !== null);
  const isNew = useFeed().installed.every((item) => item.product !== product);
  const platform = useApp().data?.platform ?? null;
  const versions = {
    releases: offersFor(entitlement?.releases ?? [], platform),
    withdrawn: offersFor(entitlement?.withdrawn ?? [], platform),
  };
  const name = entitlement?.name ?? plan.data?.name ?? product;
  const shown = choice.version ?? plan.data?.version ?? entitlement?.version ?? null;
  const reading = useReading(product, shown, choice.language ?? plan.data?.language ?? null);
  const takeOver = (adopt: string | null) => {
    setChoice({ ...choice, adopt, folder: null });
    setTakesOver(true);
  };
  return (
    <div className={classes.plan}>
      <div className={classes.choices}>
        <FirstSteps plan={plan.data} onReadMe={reading.open} />
        <ReadMeDialog name={name} {...reading.dialog} />
        <ReleaseChoice
          versions={versions}
          stable={entitlement?.version ?? null}
          plan={plan.data}
          onChoose={(next) =>
            setChoice({
              ...next,
              adopt: choice.adopt,
              folder: choice.folder,
              desktop_shortcut: choice.desktop_shortcut,
            })
          }
        />
        <ChannelLine
          choice={channels}
          name={name}
          onChosen={() => setChoice({ ...choice, version: null, language: null, components: null })}
        />
        {isNew && folder !== null ? (
          <FolderChoice
            folder={folder}
            isUsual={choice.folder === null}
            byPolicy={plan.data?.folder_by_policy ?? false}
            onChoose={(chosen) => setChoice({ ...choice, folder: chosen })}
          />
        ) : null}
        {isNew && takesOver ? (
          <TakeOver
            folder={choice.adopt}
            plan={plan.isPlaceholderData ? undefined : plan.data}
            onChoose={(adopt) => setChoice({ ...choice, adopt })}
            onClose={() => {
              setChoice({ ...choice, adopt: null });
              setTakesOver(false);
            }}
          />
        ) : null}
        {isNew && !takesOver ? (
          <div>
            <Button
              variant="subtle"
              size="compact-sm"
              data-testid="take-over"
              onClick={() => setTakesOver(true)}
            >
              {t("install.takeOverOpen")}
            </Button>
          </div>
        ) : null}
        {plan.error ? (
          <FailureNotice
            failure={plan.error}
            remedies={{
              retry: () => void plan.refetch(),
              take_over: choice.folder === null ? undefined : () => takeOver(choice.folder),
            }}
          />
        ) : null}
        {plan.isPending ? <Loading /> : null}
        {plan.data ? (
          <Approval
            key={plan.data.version}
            product={product}
            plan={plan.data}
            stale={plan.isFetching || plan.error !== null}
            choice={choice}
            onChoose={setChoice}
            onStarted={begun.onStarted}
          />
        ) : null}
      </div>
      {unsaved.question}
    </div>
  );
}

interface ApprovalProps {
  product: string;
  plan: PlanView;
  /** Whether a newer plan is being made. */
  stale: boolean;
  choice: Choice;
  onChoose: (choice: Choice) => void;
  onStarted: (job: string) => void;
}

function Approval({ product, plan, stale, choice, onChoose, onStarted }: ApprovalProps) {
  const { t } = useTranslation();
  const [accepted, setAccepted] = useState(false);
  const [agreed, setAgreed] = useState(false);
  const [wishes, setWishes] = useState(noWishes);
  const install = useInstall(product);
  const start = ({ metered, later }: Wishes) =>
    install.mutate(
      {
        version: plan.version,
        beside: false,
        language: choice.language ?? plan.language,
        components: choice.components,
        from: choice.from,
        adopt: choice.adopt,
        folder: choice.folder,
        desktop_shortcut: choice.desktop_shortcut,
        accept_texts: accepted,
        despite_warnings: plan.report.verdict === "warn",
        allow_scripts: agreed,
        metered,
        not_before: later === null ? null : (nextAt(later, new Date())?.toISOString() ?? null),
      },
      { onSuccess: (job) => onStarted(job.id) },
    );
  return (
    <div className={classes.approval}>
      <div className={classes.panels}>
        {plan.whats_new ? (
          <Panel title={t("install.whatsNew")}>
            <p className={classes.news}>{plan.whats_new.trim()}</p>
          </Panel>
        ) : null}
        {plan.needed.length > 0 ? <Needed needed={plan.needed} name={plan.name} /> : null}
        <ComponentList
          components={plan.components}
          onChange={(components) => onChoose({ ...choice, components })}
          changed={choice.components !== null}
        />
        <Panel id={parts.requirements} title={t("install.requirements")}>
          <RuleList rules={plan.report.rules} />
        </Panel>
        {plan.scripts.length > 0 ? (
          <Scripts scripts={plan.scripts} agreed={agreed} onAgreed={setAgreed} />
        ) : null}
        {plan.texts.length > 0 ? (
          <Terms texts={plan.texts} accepted={accepted} onAccepted={setAccepted} />
        ) : null}
      </div>
      <div className={classes.side}>
        <PlanSummary
          plan={plan}
          stale={stale}
          termsMissing={plan.texts.length > 0 && !accepted}
          wishes={wishes}
          onWishes={setWishes}
          pending={install.isPending}
          failure={install.error}
          onShortcut={(desktop_shortcut) => onChoose({ ...choice, desktop_shortcut })}
          onInstall={start}
        />
      </div>
    </div>
  );
}
