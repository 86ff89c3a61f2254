import { useState } from "react";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { UpdatePolicy } from "@/api/update-policies";
import { useSteerPolicy, type PolicyAct } from "@/api/update-policy-queries";
import { FailureNotice } from "@/components/FailureNotice";

interface PolicyActionsProps {
  contract: string;
  policy: UpdatePolicy;
  onRemoved?: () => void;
}

/** Halting a policy at once, letting it go on, removing it; each after one question. */
export function PolicyActions({ contract, policy, onRemoved }: PolicyActionsProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<PolicyAct | null>(null);
  const acts = [policy.halted ? "resume" : "halt", "remove"] as const;
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        {acts.map((act) => (
          <Button
            key={act}
            size="compact-sm"
            variant={act === "remove" ? "subtle" : "default"}
            {...(act === "resume" ? {} : { color: "brick" })}
            aria-label={t(`policies.actOn.${act}`, { name: policy.rule.name })}
            onClick={() => setAsking(act)}
            data-testid={`policy-${act}`}
          >
            {t(`policies.acts.${act}`)}
          </Button>
        ))}
      </Group>
      {asking ? (
        <Question
          contract={contract}
          policy={policy}
          act={asking}
          onClose={() => setAsking(null)}
          onDone={() => {
            setAsking(null);
            if (asking === "remove") onRemoved?.();
          }}
        />
      ) : null}
    </>
  );
}

interface QuestionProps {
  contract: string;
  policy: UpdatePolicy;
  act: PolicyAct;
  onClose: () => void;
  onDone: () => void;
}

function Question({ contract, policy, act, onClose, onDone }: QuestionProps) {
  const { t } = useTranslation();
  const steer = useSteerPolicy(contract, policy.policy);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`policies.questions.${act}`, { name: policy.rule.name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="sm">
        <Text size="sm">{t(`policies.consequences.${act}`)}</Text>
        {steer.error ? <FailureNotice failure={steer.error} /> : null}
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            {...(act === "resume" ? {} : { color: "brick" })}
            loading={steer.isPending}
            onClick={() => steer.mutate(act, { onSuccess: onDone })}
            data-testid="policy-act-confirm"
          >
            {t(`policies.confirms.${act}`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
