import { Button, Checkbox, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "@/lib/failure";
import { bytes } from "@/lib/format";
import { FailureNotice } from "./FailureNotice";
import classes from "./UninstallDialog.module.css";

/** A folder of the person's settings. */
export interface SettingsFacts {
  readonly name: string;
  readonly folder: string;
  readonly size_bytes: number;
}

interface UninstallDialogProps {
  /** What is to go. */
  product: {
    readonly name: string;
    readonly version: string;
    readonly folder: string;
    readonly installed_bytes: number;
  };
  settings: readonly SettingsFacts[];
  /** Why the settings are not known, and asking again. */
  unknown: Failure | null;
  onAskAgain: () => void;
  pending: boolean;
  failure: Failure | null;
  opened: boolean;
  onClose: () => void;
  onUninstall: (settings: "kept" | "removed") => void;
}

/** Says what goes and what stays before anything is removed; the person's settings go only when that is ticked. */
export function UninstallDialog({ product, settings, opened, onClose, ...asked }: UninstallDialogProps) {
  const { t } = useTranslation();
  const [removesSettings, setRemovesSettings] = useState(false);
  const { name, version, folder } = product;
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
                size: bytes(product.installed_bytes),
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
        {asked.unknown ? (
          <FailureNotice failure={asked.unknown} remedies={{ retry: asked.onAskAgain }} />
        ) : null}
        {settings.length > 0 ? (
          <Checkbox
            data-testid="uninstall-settings"
            label={t("products.uninstallDialog.removeSettings")}
            checked={removesSettings}
            onChange={(event) => setRemovesSettings(event.currentTarget.checked)}
          />
        ) : null}
        {asked.failure ? <FailureNotice failure={asked.failure} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            color="brick"
            data-testid="uninstall-confirm"
            loading={asked.pending}
            onClick={() => asked.onUninstall(removesSettings ? "removed" : "kept")}
          >
            {t("products.uninstallDialog.confirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
