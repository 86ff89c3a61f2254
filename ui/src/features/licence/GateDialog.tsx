import { Loader, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useInstalled } from "@/api/feed";
import type { GateView } from "@/api/native.gen";
import { ContinueStep } from "./ContinueStep";
import { NoticeStep } from "./NoticeStep";
import { PrivacyStep } from "./PrivacyStep";
import { ReadOnlyStep } from "./ReadOnlyStep";
import { Refusal } from "./Refusal";
import { SignInStep } from "./SignInStep";
import classes from "./GateDialog.module.css";

interface GateDialogProps {
  product: string;
  /** What is asked; null while the licence is being verified. */
  gate: GateView | null;
  /** Something was answered: see what is asked next. */
  onAgain: () => void;
  onStart: () => void;
  onGiveUp: () => void;
}

/** What each step of a start gets. */
export interface StepProps {
  readonly product: string;
  readonly name: string;
  readonly onAgain: () => void;
  readonly onStart: () => void;
  readonly onGiveUp: () => void;
}

/** The verification box, and whatever follows from it before a product starts. */
export function GateDialog({ product, gate, onAgain, onStart, onGiveUp }: GateDialogProps) {
  const { t } = useTranslation();
  const name = useInstalled(product)?.name ?? product;
  const step = { product, name, onAgain, onStart, onGiveUp };
  return (
    <Modal
      opened
      onClose={onGiveUp}
      size={gate?.step === "privacy" ? "lg" : "md"}
      title={t(`gate.title.${gate?.step ?? "verifying"}`, { name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
      data-testid="gate"
      data-step={gate?.step ?? "verifying"}
    >
      {gate ? <Step gate={gate} {...step} /> : <Verifying />}
    </Modal>
  );
}

function Verifying() {
  const { t } = useTranslation();
  return (
    <div className={classes.verifying} role="status">
      <Loader size="sm" />
      <span>{t("gate.verifying")}</span>
    </div>
  );
}

function Step({ gate, ...step }: { gate: GateView } & StepProps) {
  switch (gate.step) {
    case "privacy":
      return <PrivacyStep statement={gate.statement} {...step} />;
    case "continue":
      return <ContinueStep licence={gate.licence} {...step} />;
    case "sign_in":
      return <SignInStep userId={gate.user_id} session={gate.session} licence={gate.licence} {...step} />;
    case "ready":
      return <NoticeStep licence={gate.licence} notice={gate.notice ?? ""} {...step} />;
    case "read_only":
      return <ReadOnlyStep licence={gate.licence} {...step} />;
    case "refused":
      return <Refusal refusal={gate.refusal} {...step} />;
  }
}
