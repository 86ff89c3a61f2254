import { useTranslation } from "react-i18next";
import { useRemoveSecondStep } from "@/api/own-account";
import { ProofForm, ProofModal } from "./ProofDialog";

/** Switches the second step off. */
export function RemoveDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <ProofModal opened={opened} onClose={onClose} title={t("security.removeTitle")}>
      <Remove onClose={onClose} />
    </ProofModal>
  );
}

function Remove({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const remove = useRemoveSecondStep();
  return (
    <ProofForm
      text={t("security.removeText")}
      submit={t("security.switchOff")}
      danger
      pending={remove.isPending}
      failure={remove.error}
      onProof={(proof) => remove.mutate(proof, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
