import { Button, Checkbox, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useUninstall } from "@/api/actions";
import type { InstalledView } from "@/api/native.gen";
import { useOwnSettings } from "@/api/queries";
import { FailureNotice } from "@/components/FailureNotice";
import { bytes } from "@/lib/format";
import classes from "./UninstallDialog.module.css";

interface UninstallDialogProps {
  installed: InstalledView;
  opened: boolean;
  onClose: () => void;
}

/** Says what goes and what stays before anything is removed; the person's settings go only when that is ticked. */
export function UninstallDialog({ installed, opened, onClose }: UninstallDialogProps) {
  const { t } = useTranslation();
  const uninstall = useUninstall(installed.product);
  const settings = useOwnSettings(installed.product, opened).data ?? [];
  const [removesSettings, setRemovesSettings] = useState(false);
  const { name, version, folder } = installed;
  const described = settings.map((found) =>
    t("products.uninstallDialog.settings", {
      name: found.name,
      size: bytes(found.size_bytes),
      folder: found.folder,
    }),
  );
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
            {removesSettings ? described.map((text) => <li key={text}>{text}</li>) : null}
          </ul>
        </div>
        <div className={classes.part}>
          <h3>{t("products.uninstallDialog.stays")}</h3>
          <ul>
            <li>{t("products.uninstallDialog.staysFiles")}</li>
            {removesSettings ? null : described.map((text) => <li key={text}>{text}</li>)}
            <li>{t("products.uninstallDialog.staysSeat")}</li>
          </ul>
        </div>
        {settings.length > 0 ? (
          <Checkbox
            data-testid="uninstall-settings"
            label={t("products.uninstallDialog.removeSettings")}
            checked={removesSettings}
            onChange={(event) => setRemovesSettings(event.currentTarget.checked)}
          />
        ) : null}
        {uninstall.error ? <FailureNotice failure={uninstall.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            color="brick"
            data-testid="uninstall-confirm"
            loading={uninstall.isPending}
            onClick={() => uninstall.mutate(removesSettings ? "removed" : "kept", { onSuccess: onClose })}
          >
            {t("products.uninstallDialog.confirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
