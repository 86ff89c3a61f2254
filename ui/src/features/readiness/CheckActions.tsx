import { useState } from "react";
import { Button, Group, Menu, Modal, Stack, Text } from "@mantine/core";
import { ChevronDown, FileDown, Lock, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useHost } from "@/api/context";
import { files, type ReadinessCheck } from "@/api/readiness";
import { useEndCheck } from "@/api/readiness-queries";
import { FailureNotice } from "@/components/FailureNotice";

type End = "close" | "remove";

/** Exports, and the ends that a check can come to. */
export function CheckActions({ check, onRemoved }: { check: ReadinessCheck; onRemoved: () => void }) {
  const { t } = useTranslation();
  const inBrowser = useHost().host.kind === "browser";
  const [asking, setAsking] = useState<End | null>(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<ChevronDown size={15} />} data-testid="check-actions">
            {t("readiness.actions")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {inBrowser ? <Exports check={check.check} /> : <Menu.Label>{t("readiness.inPortal")}</Menu.Label>}
          <Menu.Divider />
          {check.state === "open" ? (
            <Menu.Item
              leftSection={<Lock size={15} />}
              onClick={() => setAsking("close")}
              data-testid="check-close"
            >
              {t("readiness.close")}
            </Menu.Item>
          ) : null}
          <Menu.Item
            color="brick"
            leftSection={<Trash2 size={15} />}
            onClick={() => setAsking("remove")}
            data-testid="check-remove"
          >
            {t("readiness.remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <EndDialog check={check.check} how={asking} onClose={() => setAsking(null)} onRemoved={onRemoved} />
    </>
  );
}

function Exports({ check }: { check: string }) {
  const { t } = useTranslation();
  const kinds = [
    ["csv", "readiness.exportCsv"],
    ["xlsx", "readiness.exportXlsx"],
    ["html", "readiness.exportHtml"],
  ] as const;
  return kinds.map(([format, label]) => (
    <Menu.Item
      key={format}
      component="a"
      href={files.export(check, format)}
      download
      leftSection={<FileDown size={15} />}
      data-testid={`export-${format}`}
    >
      {t(label)}
    </Menu.Item>
  ));
}

interface EndDialogProps {
  check: string;
  how: End | null;
  onClose: () => void;
  onRemoved: () => void;
}

function EndDialog({ check, how, onClose, onRemoved }: EndDialogProps) {
  const { t } = useTranslation();
  const end = useEndCheck(check);
  const shown = how ?? "close";
  const confirm = () =>
    end.mutate(shown, {
      onSuccess: () => {
        onClose();
        if (shown === "remove") onRemoved();
      },
    });
  return (
    <Modal
      opened={how !== null}
      onClose={onClose}
      title={t(`readiness.${shown}Title`)}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="sm">
        <Text size="sm">{t(`readiness.${shown}Text`)}</Text>
        {end.error ? <FailureNotice failure={end.error} /> : null}
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            {...(shown === "remove" ? { color: "brick" } : {})}
            loading={end.isPending}
            onClick={confirm}
            data-testid="check-end-confirm"
          >
            {t(`readiness.${shown}Confirm`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
