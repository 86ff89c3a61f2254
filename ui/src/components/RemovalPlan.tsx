import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { bytes } from "@/lib/format";
import { SharedStays, type FolderFacts, type SettingsFacts, type SharedFacts } from "./LeftReport";
import classes from "./UninstallDialog.module.css";

/** What stays when a product is removed, and what the person may have go with it. */
export interface RemovalFacts {
  readonly settings: readonly SettingsFacts[];
  /** Files of the person's in the folders of releases. */
  readonly files: readonly FolderFacts[];
  /** The folder that they are moved to. */
  readonly files_to: string;
  /** The folders of releases that are not known any more. */
  readonly unknown: readonly string[];
  readonly shared: readonly SharedFacts[];
}

/** What becomes of what is the person's. */
export interface Fates {
  readonly settings: "kept" | "removed";
  readonly files: "kept" | "removed";
}

/** How many of the person's files are named one by one. */
const named = 8;

interface RemovalPlanProps {
  product: { readonly version: string; readonly folder: string; readonly installed_bytes: number };
  plan: RemovalFacts;
  fates: Fates;
  onChange: (fates: Fates) => void;
}

/** What goes and what stays; what is the person's goes only when that is ticked. */
export function RemovalPlan({ product, plan, fates, onChange }: RemovalPlanProps) {
  const { t } = useTranslation();
  const settings = plan.settings.map((found) => (
    <li key={found.folder}>
      {t("products.uninstallDialog.settings", {
        name: found.name,
        size: bytes(found.size_bytes),
        folder: found.folder,
      })}
    </li>
  ));
  const files = <OwnFiles plan={plan} fate={fates.files} />;
  const goes = fates.settings === "removed" ? settings : null;
  const stays = fates.settings === "kept" ? settings : null;
  return (
    <>
      <div className={classes.part}>
        <h3>{t("products.uninstallDialog.goes")}</h3>
        <ul>
          <li>
            {t("products.uninstallDialog.goesProgram", {
              version: product.version,
              folder: product.folder,
              size: bytes(product.installed_bytes),
            })}
          </li>
          <li>{t("products.uninstallDialog.goesShortcuts")}</li>
          {goes}
          {fates.files === "removed" ? files : null}
          {plan.unknown.map((folder) => (
            <li key={folder}>{t("products.uninstallDialog.goesUnknown", { folder })}</li>
          ))}
        </ul>
      </div>
      <div className={classes.part}>
        <h3>{t("products.uninstallDialog.stays")}</h3>
        <ul>
          {fates.files === "kept" ? files : null}
          {stays}
          {plan.shared.map((stay) => (
            <SharedStays key={stay.component} stays={stay} />
          ))}
          <li>{t("products.uninstallDialog.staysSeat")}</li>
        </ul>
      </div>
      {plan.settings.length > 0 ? (
        <Checkbox
          data-testid="uninstall-settings"
          label={t("products.uninstallDialog.removeSettings")}
          checked={fates.settings === "removed"}
          onChange={(event) =>
            onChange({ ...fates, settings: event.currentTarget.checked ? "removed" : "kept" })
          }
        />
      ) : null}
      {plan.files.length > 0 ? (
        <Checkbox
          data-testid="uninstall-files"
          label={t("products.uninstallDialog.removeFiles")}
          checked={fates.files === "removed"}
          onChange={(event) =>
            onChange({ ...fates, files: event.currentTarget.checked ? "removed" : "kept" })
          }
        />
      ) : null}
    </>
  );
}

/** The person's files, the first ones by name. */
function OwnFiles({ plan, fate }: { plan: RemovalFacts; fate: Fates["files"] }) {
  const { t } = useTranslation();
  if (plan.files.length === 0) return null;
  const more = plan.files.length - named;
  return (
    <li data-testid="own-files">
      {fate === "kept"
        ? t("products.uninstallDialog.staysFiles", { folder: plan.files_to })
        : t("products.uninstallDialog.goesFiles")}
      <ul>
        {plan.files.slice(0, named).map((found) => (
          <li key={found.folder}>
            {t("products.uninstallDialog.file", { folder: found.folder, size: bytes(found.size_bytes) })}
          </li>
        ))}
        {more > 0 ? <li>{t("products.uninstallDialog.moreFiles", { count: more })}</li> : null}
      </ul>
    </li>
  );
}
