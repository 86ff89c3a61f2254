import { Button, Checkbox } from "@mantine/core";
import { RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ComponentView } from "@/api/native.gen";
import { Panel } from "@/components/Panel";
import { Tag } from "@/components/Tag";
import { bytes, language } from "@/lib/format";
import classes from "./ComponentList.module.css";

interface ComponentListProps {
  components: readonly ComponentView[];
  /** Whether the choice differs from what is recommended. */
  changed: boolean;
  /** The ids to install; null for what is recommended. */
  onChange: (components: string[] | null) => void;
}

/** The parts of a product that can be chosen; the recommended ones are ticked (S-128). */
export function ComponentList({ components, changed, onChange }: ComponentListProps) {
  const { t } = useTranslation();
  const toggle = (id: string) =>
    onChange(
      components.filter((item) => (item.id === id ? !item.selected : item.selected)).map((item) => item.id),
    );
  return (
    <Panel
      title={t("install.components")}
      lead={t("install.componentsLead")}
      aside={
        changed ? (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<RotateCcw size={14} />}
            onClick={() => onChange(null)}
          >
            {t("install.reset")}
          </Button>
        ) : null
      }
    >
      <ul className={classes.list}>
        {components.map((component) => (
          <li key={component.id}>
            <Checkbox
              data-testid={`component-${component.id}`}
              checked={component.selected}
              disabled={component.kind === "required"}
              onChange={() => toggle(component.id)}
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
    </Panel>
  );
}
