import { useEffect, useRef } from "react";
import { Modal } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAcceptInvitation, useDismissInvitation, useInvitation } from "@/api/invitation";
import type { InvitationView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import { Question } from "./Question";

/** The steps at which this dialog asks; a password is asked for by the sign-in page. */
const questions = ["meet_server", "sign_in", "replace"] as const;

/** What a link of the portal asks of the person; nothing happens before they have agreed to it (S-119). */
export function InvitationDialog() {
  const { t } = useTranslation();
  const invitation = useInvitation();
  const accept = useAcceptInvitation();
  const dismiss = useDismissInvitation();
  const waiting = invitation.data ?? null;
  useArrival(waiting, () => dismiss.mutate());
  const question = waiting && questions.find((step) => step === waiting.step);
  const failure = accept.error ?? invitation.error;
  const close = () => {
    accept.reset();
    dismiss.mutate();
  };
  const again = () => {
    accept.reset();
    void invitation.refetch();
  };
  return (
    <Modal
      opened={Boolean(question ?? failure)}
      onClose={close}
      title={failure ? t("invitation.failed") : question ? t(`invitation.title.${question}`) : ""}
      closeButtonProps={{ "aria-label": t("common.close") }}
      data-testid="invitation"
    >
      {failure ? <FailureNotice failure={failure} remedies={{ retry: again }} /> : null}
      {waiting && question && !failure ? (
        <Question
          asked={waiting}
          pending={accept.isPending}
          onYes={() => accept.mutate(waiting)}
          onNo={close}
        />
      ) : null}
    </Modal>
  );
}

/** Once nothing is to be asked any more, the plan of the product is shown; there the person decides about the rest. */
function useArrival(waiting: InvitationView | null, done: () => void): void {
  const navigate = useNavigate();
  const shown = useRef(0);
  useEffect(() => {
    if (waiting?.step !== "ready" || shown.current === waiting.number) return;
    shown.current = waiting.number;
    const { product, version, language } = waiting;
    const search = { ...(version ? { version } : {}), ...(language ? { language } : {}) };
    void navigate({ to: "/products/$product/install", params: { product }, search });
    done();
  });
}
