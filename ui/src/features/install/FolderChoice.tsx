import { useState } from "react";
import { Button, TextInput } from "@mantine/core";
import { RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { join } from "@/lib/join";
import classes from "./FolderChoice.module.css";

interface FolderChoiceProps {
  /** The folder that was chosen, or the usual one. */
  folder: string;
  isUsual: boolean;
  /** Whether the organisation set it, so that nobody chooses another one here. */
  byPolicy: boolean;
  onChoose: (folder: string | null) => void;
}

/** Where a product is to be installed (S-128). What is typed counts with Enter, or when the field is left. */
export function FolderChoice({ folder, isUsual, byPolicy, onChoose }: FolderChoiceProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const settle = () => {
    const wanted = typed?.trim() ?? folder;
    if (wanted !== folder) onChoose(wanted === "" ? null : wanted);
    setTyped(null);
  };
  return (
    <div className={classes.row}>
      <TextInput
        className={join(classes.field, byPolicy && classes.set)}
        label={t("install.folder")}
        description={t(byPolicy ? "install.folderByPolicy" : "install.folderHint")}
        data-testid="plan-folder"
        readOnly={byPolicy}
        spellCheck={false}
        value={typed ?? folder}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === "Enter") settle();
          if (event.key === "Escape") setTyped(null);
        }}
      />
      {isUsual || byPolicy ? null : (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<RotateCcw size={14} />}
          data-testid="plan-folder-usual"
          onClick={() => onChoose(null)}
        >
          {t("install.folderUsual")}
        </Button>
      )}
    </div>
  );
}
