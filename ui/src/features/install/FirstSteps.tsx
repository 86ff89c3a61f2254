import { UnstyledButton } from "@mantine/core";
import { BookOpenText, Download, ListChecks, Wrench, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { PlanView } from "@/api/native.gen";
import { bytes } from "@/lib/format";
import { goTo, parts } from "./parts";
import classes from "./FirstSteps.module.css";

interface Step {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly hint: string | null;
  /** What it does; null while that is not known. */
  readonly act: (() => void) | null;
}

interface FirstStepsProps {
  plan: PlanView | undefined;
  onReadMe: () => void;
}

/** What an installation begins with, in this order: requirements, tools where there are some, read-me, install (S-126). */
export function FirstSteps({ plan, onReadMe }: FirstStepsProps) {
  const { t } = useTranslation();
  const hasTools = plan?.components.some(({ tool }) => tool) ?? false;
  const steps: Step[] = [
    {
      id: "requirements",
      icon: ListChecks,
      title: t("firstSteps.requirements"),
      hint: plan ? t(`firstSteps.verdict.${plan.report.verdict}`) : null,
      act: plan ? () => goTo(parts.requirements) : null,
    },
    {
      id: "tools",
      icon: Wrench,
      title: t("firstSteps.tools"),
      hint: t("firstSteps.toolsHint"),
      act: () => goTo(parts.tools),
    },
    {
      id: "read-me",
      icon: BookOpenText,
      title: t("readMe.open"),
      hint: t("firstSteps.readMeHint"),
      act: onReadMe,
    },
    {
      id: "install",
      icon: Download,
      title: t("firstSteps.install"),
      hint: plan ? t("firstSteps.installHint", { size: bytes(plan.fetch_bytes) }) : null,
      act: plan ? () => goTo(parts.summary) : null,
    },
  ];
  return (
    <nav aria-label={t("firstSteps.label")}>
      <ol className={classes.steps}>
        {steps
          .filter(({ id }) => id !== "tools" || hasTools)
          .map((step) => (
            <li key={step.id}>
              <StepButton step={step} />
            </li>
          ))}
      </ol>
    </nav>
  );
}

function StepButton({ step: { id, icon: Icon, title, hint, act } }: { step: Step }) {
  return (
    <UnstyledButton
      className={classes.step}
      data-testid={`first-${id}`}
      disabled={act === null}
      onClick={() => act?.()}
    >
      <Icon size={20} className={classes.icon} aria-hidden="true" />
      <span className={classes.words}>
        <span className={classes.title}>{title}</span>
        <span className={classes.hint}>{hint ?? "…"}</span>
      </span>
    </UnstyledButton>
  );
}
