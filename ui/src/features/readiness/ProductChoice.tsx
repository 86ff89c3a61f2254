import { Checkbox, NativeSelect, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useProducts } from "@/api/queries";
import type { ProductEntitlement } from "@/api/types";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Panel } from "@/components/Panel";
import { compareVersions } from "@/lib/versions";
import classes from "./Readiness.module.css";

/** The chosen products with their releases; an empty release is the recommended one. */
export type Chosen = Readonly<Record<string, string>>;

interface ProductChoiceProps {
  chosen: Chosen;
  onChosen: (chosen: Chosen) => void;
}

/** Which products are to run on the computers, in which release. */
export function ProductChoice({ chosen, onChosen }: ProductChoiceProps) {
  const { t } = useTranslation();
  const products = useProducts();
  const toggle = ({ product }: ProductEntitlement) => {
    const { [product]: before, ...rest } = chosen;
    onChosen(before === undefined ? { ...chosen, [product]: "" } : rest);
  };
  const offered = products.data?.filter(({ releases }) => releases.length > 0) ?? [];
  return (
    <Panel title={t("readinessNew.products")} lead={t("readinessNew.productsLead")}>
      {products.isPending ? <Loading /> : null}
      {products.error ? <FailureNotice failure={products.error} /> : null}
      {products.data && offered.length === 0 ? (
        <p className={classes.muted}>{t("readinessNew.noProducts")}</p>
      ) : null}
      <Stack gap="sm">
        {offered.map((item) => (
          <div key={item.product} className={classes.between}>
            <Checkbox
              label={item.name}
              checked={chosen[item.product] !== undefined}
              onChange={() => toggle(item)}
              data-testid={`choose-${item.product}`}
            />
            {chosen[item.product] === undefined ? null : (
              <NativeSelect
                aria-label={t("readinessNew.version", { name: item.name })}
                value={chosen[item.product] || (item.version ?? "")}
                onChange={(event) => onChosen({ ...chosen, [item.product]: event.currentTarget.value })}
                data={versionsOf(item).map((version) => ({
                  value: version,
                  label: version === item.version ? t("readinessNew.recommended", { version }) : version,
                }))}
              />
            )}
          </div>
        ))}
      </Stack>
    </Panel>
  );
}

/** The versions of a product's releases, each once, the newest first. */
function versionsOf({ releases }: ProductEntitlement): string[] {
  const versions = [...new Set(releases.map(({ version }) => version))];
  return versions.toSorted((left, right) => compareVersions(right, left));
}
