import { Autocomplete, Checkbox, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useProducts } from "@/api/queries";
import { Panel } from "@/components/Panel";
import { versionsOf } from "@/lib/releases";
import type { FieldsProps } from "./fields";
import { useProductNames } from "./use-product-names";
import { toggled } from "./toggled";
import classes from "./Policies.module.css";

/** Which products, and the release to stay at. */
export function WhatFields({
  products,
  draft,
  change,
  wrong,
}: FieldsProps & { products: readonly string[] }) {
  const { t } = useTranslation();
  const names = useProductNames();
  const granted = useProducts();
  const [only] = draft.products;
  const releases = granted.data?.find(({ product }) => product === only)?.releases ?? [];
  // A product that has left the contract stays in sight, so that it can be taken out.
  const shown = [...new Set([...products, ...draft.products])];
  return (
    <Panel title={t("policyForm.what")} lead={t("policyForm.whatLead")}>
      <Stack gap="md">
        <div className={classes.choices}>
          {shown.map((product) => (
            <Checkbox
              key={product}
              label={names.get(product) ?? product}
              checked={draft.products.includes(product)}
              onChange={() => change({ products: toggled(draft.products, product) })}
              data-testid={`policy-product-${product}`}
            />
          ))}
        </div>
        <Autocomplete
          className={classes.short}
          label={t("policyForm.target")}
          description={t("policyForm.targetLead")}
          data={draft.products.length === 1 ? versionsOf(releases) : []}
          value={draft.target}
          error={wrong("target")}
          onChange={(target) => change({ target })}
          data-testid="policy-target"
        />
      </Stack>
    </Panel>
  );
}
