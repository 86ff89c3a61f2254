import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ComponentView } from "@/api/native.gen";
import { Tag } from "@/components/Tag";
import { bytes, language } from "@/lib/format";
import classes from "./ComponentList.module.css";

interface ComponentRowsProps {
  components: readonly ComponentView[];
  onToggle: (id: string) => void;
}

/** Components with what they are and what they take, each to be ticked. */
export function ComponentRows({ components, onToggle }: ComponentRowsProps) {
  const { t } = useTranslation();
  return (
    <ul className={classes.list}>
      {components.map((component) => (
        <li key={component.id}>
          <Checkbox
            data-testid={`component-${component.id}`}
            checked={component.selected}
            disabled={component.kind === "required"}
            onChange={() => onToggle(component.id)}
            label={
              <span className={classes.name}>
                {component.name}
                <Tag>{t(`install.kind.${component.kind}`)}</Tag>
                {component.languages.length > 0 ? (
                  <Tag>{component.languages.map(language).join(", ")}</Tag>
                ) : null}
                {component.shared_with.length > 0 ? (
                  <Tag tone="ok">
                    {t("install.sharedWith", { products: component.shared_with.join(", ") })}
                  </Tag>
                ) : null}
              </span>
            }
            description={component.summary}
            classNames={{ labelWrapper: classes.words, label: classes.label, description: classes.summary }}
          />
          <span className={classes.sizes}>
            <span>{t("install.componentFetch", { size: bytes(component.stored_bytes) })}</span>
            <span>{t("install.componentDisk", { size: bytes(component.installed_bytes) })}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
