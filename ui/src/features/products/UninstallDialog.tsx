import { Button, Group, Modal, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useUninstall } from "@/api/actions";
import type { InstalledView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import { bytes } from "@/lib/format";
import classes from "./UninstallDialog.module.css";

interface UninstallDialogProps {
  installed: InstalledView;
  opened: boolean;
  onClose: () => void;
}

/** Says what goes and what stays before anything is removed. */
export function UninstallDialog({ installed, opened, onClose }: UninstallDialogProps) {
  const { t } = useTranslation();
  const uninstall = useUninstall(installed.product);
  const { name, version, folder } = installed;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("products.uninstallDialog.title", { name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="md">
        <div className={classes.part}>
          <h3>{t("products.uninstallDialog.goes")}</h3>
          <ul>
            <li>
              {t("products.uninstallDialog.goesProgram", {
                version,
                folder,
                size: bytes(installed.installed_bytes),
              })}
            </li>
            <li>{t("products.uninstallDialog.goesShortcuts")}</li>
          </ul>
        </div>
        <div className={classes.part}>
          <h3>{t("products.uninstallDialog.stays")}</h3>
          <ul>
            <li>{t("products.uninstallDialog.staysFiles")}</li>
            <li>{t("products.uninstallDialog.staysSeat")}</li>
          </ul>
        </div>
        {uninstall.error ? <FailureNotice failure={uninstall.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            color="brick"
            data-testid="uninstall-confirm"
            loading={uninstall.isPending}
            onClick={() => uninstall.mutate(undefined, { onSuccess: onClose })}
          >
            {t("products.uninstallDialog.confirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
