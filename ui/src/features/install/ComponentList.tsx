import { Button } from "@mantine/core";
import { RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ComponentView } from "@/api/native.gen";
import { Panel } from "@/components/Panel";
import { ComponentRows } from "./ComponentRows";
import { toggled } from "./choice";
import { parts } from "./parts";

interface ComponentListProps {
  components: readonly ComponentView[];
  /** Whether the choice differs from what is recommended. */
  changed: boolean;
  /** The ids to install; null for what is recommended. */
  onChange: (components: string[] | null) => void;
}

/** The parts of a product that can be chosen; the recommended ones are ticked (S-128). Tools stand apart (S-126). */
export function ComponentList({ components, changed, onChange }: ComponentListProps) {
  const { t } = useTranslation();
  const tools = components.filter(({ tool }) => tool);
  const toggle = (id: string) => onChange(toggled(components, id));
  return (
    <>
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
        <ComponentRows components={components.filter(({ tool }) => !tool)} onToggle={toggle} />
      </Panel>
      {tools.length > 0 ? (
        <Panel id={parts.tools} title={t("firstSteps.tools")} lead={t("firstSteps.toolsLead")}>
          <ComponentRows components={tools} onToggle={toggle} />
        </Panel>
      ) : null}
    </>
  );
}
