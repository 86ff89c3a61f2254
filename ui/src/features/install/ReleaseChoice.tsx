import { Group, NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PlanView } from "@/api/native.gen";
import { WithdrawnVersions } from "@/components/WithdrawnVersions";
import { language } from "@/lib/format";
import { languagesOf, versionChoices, type VersionChoice, type Versions } from "@/lib/releases";
import { nothingChosen, type Choice } from "./choice";

interface ReleaseChoiceProps {
  /** What can be had for this computer, and what the vendor took back. */
  versions: Versions;
  stable: string | null;
  plan: PlanView | undefined;
  onChoose: (choice: Choice) => void;
}

/** Which version, in which language. */
export function ReleaseChoice({ versions, stable, plan, onChoose }: ReleaseChoiceProps) {
  const { t } = useTranslation();
  const version = plan?.version ?? stable;
  if (!version) return null;
  const choices = withVersion(versionChoices(versions), version);
  const languages = withPresent(
    plan?.languages ?? languagesOf(versions.releases, version),
    plan?.language ?? null,
  );
  const labelOf = (choice: VersionChoice) => {
    if (choice.standing !== "open") return t(`files.${choice.standing}`, { version: choice.version });
    return choice.version === stable ? t("install.stable", { version: choice.version }) : choice.version;
  };
  return (
    <>
      <Group gap="md" align="flex-end">
        <NativeSelect
          label={t("install.version")}
          data-testid="plan-version"
          value={version}
          onChange={(event) => onChoose({ ...nothingChosen, version: event.currentTarget.value })}
          data={choices.map((choice) => ({
            value: choice.version,
            disabled: choice.standing !== "open",
            label: labelOf(choice),
          }))}
        />
        {languages.length > 0 ? (
          <NativeSelect
            label={t("install.language")}
            data-testid="plan-language"
            value={plan?.language ?? languages[0] ?? ""}
            onChange={(event) => onChoose({ ...nothingChosen, version, language: event.currentTarget.value })}
            data={languages.map((value) => ({ value, label: language(value) }))}
          />
        ) : null}
      </Group>
      <WithdrawnVersions entitlement={versions} />
    </>
  );
}

/** The version that is planned is there, even if the list of releases is not (yet). */
function withVersion(choices: VersionChoice[], present: string): VersionChoice[] {
  const isThere = choices.some(({ version }) => version === present);
  return isThere ? choices : [{ version: present, standing: "open" }, ...choices];
}

/** What is planned is offered too, even if the list of releases is not there (yet). */
function withPresent(values: readonly string[], present: string | null): string[] {
  return present === null || values.includes(present) ? [...values] : [present, ...values];
}
