import { useState } from "react";
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Group } from "@/api/groups";
import { useNameGroup } from "@/api/groups-queries";
import { FormDialog } from "@/components/FormDialog";

interface NameDialogProps {
  contract: string;
  /** The group to be renamed; none to make one. */
  group: Group | null;
  /** All groups, none of which may have the name already. */
  groups: readonly Group[];
  onClose: () => void;
  onNamed?: (group: Group) => void;
}

const longest = 100;

/** What is wrong with a name: 1 to 100 bytes, and no two of a contract may differ in case only. */
function fault(name: string, others: readonly Group[]): "nameMissing" | "nameLong" | "nameTaken" | null {
  const wanted = name.trim();
  if (!wanted) return "nameMissing";
  if (new TextEncoder().encode(wanted).length > longest) return "nameLong";
  const taken = others.some((other) => other.name.toLowerCase() === wanted.toLowerCase());
  return taken ? "nameTaken" : null;
}

/** Asks for the name of a group. */
export function NameDialog({ contract, group, groups, onClose, onNamed }: NameDialogProps) {
  const { t } = useTranslation();
  const act = useNameGroup(contract);
  const [name, setName] = useState(group?.name ?? "");
  const [asked, setAsked] = useState(false);
  const others = groups.filter((other) => other.group !== group?.group);
  const wrong = fault(name, others);
  const submit = () => {
    setAsked(true);
    if (wrong) return;
    act.mutate(
      { group: group?.group ?? null, name: name.trim() },
      {
        onSuccess: (answer) => {
          onClose();
          onNamed?.(answer);
        },
      },
    );
  };
  return (
    <FormDialog
      title={group ? t("groups.renameTitle", { name: group.name }) : t("groups.addTitle")}
      confirm={t(group ? "groups.renameConfirm" : "groups.addConfirm")}
      act={act}
      dirty={name.trim() !== (group?.name ?? "")}
      testId="group-name-save"
      onClose={onClose}
      onConfirm={submit}
    >
      <TextInput
        label={t("groups.name")}
        description={t("groups.nameLead")}
        value={name}
        error={wrong && (asked || wrong !== "nameMissing") ? t(`groups.${wrong}`) : null}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
        data-testid="group-name"
      />
    </FormDialog>
  );
}
