import { useTranslation } from "react-i18next";
import { bytes } from "@/lib/format";
import classes from "./UninstallDialog.module.css";

/** A file or folder that stays, and how much it holds. */
export interface FolderFacts {
  readonly folder: string;
  readonly file_count: number;
  readonly size_bytes: number;
}

/** A folder of the person's settings. */
export interface SettingsFacts extends FolderFacts {
  readonly name: string;
}

/** A component that stays because other products have it, too. */
export interface SharedFacts {
  readonly component: string;
  readonly products: readonly string[];
}

/** What stayed, and where. */
export interface LeftFacts {
  readonly files: FolderFacts | null;
  readonly others: FolderFacts | null;
  readonly settings: readonly SettingsFacts[];
  readonly shared: readonly SharedFacts[];
}

const counted = (found: FolderFacts) => ({
  count: found.file_count,
  size: bytes(found.size_bytes),
  folder: found.folder,
});

/** Says exactly what stayed and why; "0 files left" where nothing did. */
export function LeftReport({ left }: { left: LeftFacts }) {
  const { t } = useTranslation();
  const { files, others } = left;
  const settings = left.settings.filter((found) => found.file_count > 0);
  return (
    <section className={classes.part} aria-label={t("left.title")} data-testid="left">
      {files === null && others === null && settings.length === 0 ? <p>{t("left.nothing")}</p> : null}
      <ul>
        {files ? <li>{t("left.files", counted(files))}</li> : null}
        {settings.map((found) => (
          <li key={found.folder}>
            {t("left.settings", {
              name: found.name,
              size: bytes(found.size_bytes),
              folder: found.folder,
            })}
          </li>
        ))}
        {others ? <li>{t("left.others", counted(others))}</li> : null}
        {left.shared.map((stays) => (
          <SharedStays key={stays.component} stays={stays} />
        ))}
      </ul>
    </section>
  );
}

/** Why a component stays. */
export function SharedStays({ stays }: { stays: SharedFacts }) {
  const { t } = useTranslation();
  return (
    <li>
      {t("left.shared", {
        count: stays.products.length,
        component: stays.component,
        products: stays.products.join(", "),
      })}
    </li>
  );
}
