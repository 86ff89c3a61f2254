import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure, FailureFacts } from "@/lib/failure";
import { FailureNotice } from "./FailureNotice";
import { asSentence } from "@/lib/sentence";
import { LeftReport, type LeftFacts } from "./LeftReport";
import { Notice } from "./Notice";
import { RemovalPlan, type Fates, type RemovalFacts } from "./RemovalPlan";

interface UninstallDialogProps {
  /** What is to go. */
  product: {
    readonly name: string;
    readonly version: string;
    readonly folder: string;
    readonly installed_bytes: number;
  };
  /** What stays, once that is known. */
  plan: RemovalFacts | null;
  /** Why it is not known, and asking again. */
  unknown: Failure | null;
  onAskAgain: () => void;
  /** Whether it is being removed. */
  pending: boolean;
  /** What has to be done first, while it waits for that. */
  waits: string | null;
  failure: Omit<FailureFacts, "requestId"> | null;
  /** What stayed, once it is done. */
  left: LeftFacts | null;
  opened: boolean;
  onClose: () => void;
  onUninstall: (fates: Fates) => void;
}

const nothing: RemovalFacts = { settings: [], files: [], files_to: "", unknown: [], shared: [] };

/** Says what goes and what stays before anything is removed, and afterwards exactly what stayed (U21). */
export function UninstallDialog({ product, plan, left, opened, onClose, ...asked }: UninstallDialogProps) {
  const { t } = useTranslation();
  const [fates, setFates] = useState<Fates>({ settings: "kept", files: "kept" });
  const { name } = product;
  const title = left ? "products.uninstallDialog.doneTitle" : "products.uninstallDialog.title";
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(title, { name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="md">
        {left ? (
          <LeftReport left={left} />
        ) : (
          <RemovalPlan product={product} plan={plan ?? nothing} fates={fates} onChange={setFates} />
        )}
        {asked.unknown && !left ? (
          <FailureNotice failure={asked.unknown} remedies={{ retry: asked.onAskAgain }} />
        ) : null}
        {asked.waits ? (
          <Notice tone="warn" title={t("products.uninstallDialog.waits")}>
            <p data-testid="uninstall-waits">{asSentence(asked.waits)}</p>
            <p>{t("jobs.goesOnHint")}</p>
          </Notice>
        ) : null}
        {asked.failure ? <FailureNotice failure={asked.failure} /> : null}
        <Group justify="flex-end">
          <Button variant="default" data-testid="uninstall-close" onClick={onClose}>
            {left || asked.pending ? t("common.close") : t("common.cancel")}
          </Button>
          {left ? null : (
            <Button
              color="brick"
              data-testid="uninstall-confirm"
              loading={asked.pending}
              onClick={() => asked.onUninstall(fates)}
            >
              {t("products.uninstallDialog.confirm")}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
