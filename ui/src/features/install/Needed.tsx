import { useTranslation } from "react-i18next";
import type { NeededView } from "@/api/native.gen";
import { Panel } from "@/components/Panel";
import { PathText } from "@/components/PathText";
import { bytes } from "@/lib/format";
import classes from "./Needed.module.css";

/** The products that are installed first, because the chosen one does not run without them (S-128). */
export function Needed({ needed, name }: { needed: readonly NeededView[]; name: string }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("install.neededTitle")} lead={t("install.neededLead", { name })}>
      <ul className={classes.list} data-testid="plan-needed">
        {needed.map((product) => (
          <li key={product.product}>
            <p className={classes.name}>
              {product.name} <span className={classes.quiet}>{product.version}</span>
            </p>
            <p className={classes.quiet}>
              {product.publisher ? `${product.publisher}, ` : ""}
              {t("install.neededSizes", {
                fetch: bytes(product.fetch_bytes),
                installed: bytes(product.installed_bytes),
              })}
            </p>
            <p className={classes.quiet}>
              <PathText path={product.folder} />
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
