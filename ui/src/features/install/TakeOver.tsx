import { useState } from "react";
import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PlanView } from "@/api/native.gen";
import { Panel } from "@/components/Panel";
import { bytes } from "@/lib/format";
import classes from "./FolderChoice.module.css";

interface TakeOverProps {
  /** The folder in which something else put the product; null while none is named. */
  folder: string | null;
  /** What would be done with it, once that is known. */
  plan: PlanView | undefined;
  onChoose: (folder: string | null) => void;
  onClose: () => void;
}

/** Takes over what something else installed, without fetching it again (B-08). It counts with Enter, or when it is left. */
export function TakeOver({ folder, plan, onChoose, onClose }: TakeOverProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const settle = () => {
    const wanted = typed?.trim() ?? "";
    if (typed !== null && wanted !== (folder ?? "")) onChoose(wanted === "" ? null : wanted);
    setTyped(null);
  };
  return (
    <Panel title={t("install.takeOver")}>
      <div className={classes.row}>
        <TextInput
          className={classes.field}
          label={t("install.takeOverFolder")}
          description={t("install.takeOverHint")}
          data-testid="take-over-folder"
          spellCheck={false}
          value={typed ?? folder ?? ""}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={settle}
          onKeyDown={(event) => {
            if (event.key === "Enter") settle();
            if (event.key === "Escape") setTyped(null);
          }}
        />
        <Button size="compact-sm" variant="subtle" data-testid="take-over-not" onClick={onClose}>
          {t("install.takeOverNot")}
        </Button>
      </div>
      {folder !== null && plan ? (
        <p className={classes.found} role="status" data-testid="take-over-found">
          {plan.held_bytes > 0
            ? t("install.takeOverFound", {
                held: bytes(plan.held_bytes),
                fetch: bytes(plan.fetch_bytes),
                version: plan.version,
              })
            : t("install.takeOverNothing", { version: plan.version })}
        </p>
      ) : null}
    </Panel>
  );
}
