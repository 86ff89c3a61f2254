import { useTranslation } from "react-i18next";
import { useRenewRecoveryCodes } from "@/api/own-account";
import { Codes } from "./Codes";
import { ProofForm, ProofModal } from "./ProofDialog";

/** New recovery codes in place of the old ones. */
export function RecoveryCodesDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <ProofModal opened={opened} onClose={onClose} title={t("security.newCodes")}>
      <Renew onClose={onClose} />
    </ProofModal>
  );
}

function Renew({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const renew = useRenewRecoveryCodes();
  if (renew.data) return <Codes codes={renew.data.codes} onDone={onClose} />;
  return (
    <ProofForm
      text={t("security.renewText")}
      submit={t("security.newCodes")}
      pending={renew.isPending}
      failure={renew.error}
      onProof={(proof) => renew.mutate(proof)}
      onClose={onClose}
    />
  );
}
