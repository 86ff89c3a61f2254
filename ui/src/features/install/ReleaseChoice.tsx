import { Group, NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PlanView } from "@/api/native.gen";
import type { ReleaseOffer } from "@/api/types";
import { language } from "@/lib/format";
import { languagesOf, versionsOf } from "@/lib/releases";
import { nothingChosen, type Choice } from "./choice";

interface ReleaseChoiceProps {
  offers: readonly ReleaseOffer[];
  stable: string | null;
  plan: PlanView | undefined;
  onChoose: (choice: Choice) => void;
}

/** Which version, in which language. */
export function ReleaseChoice({ offers, stable, plan, onChoose }: ReleaseChoiceProps) {
  const { t } = useTranslation();
  const version = plan?.version ?? stable;
  if (!version) return null;
  const versions = withPresent(versionsOf(offers), version);
  const languages = withPresent(plan?.languages ?? languagesOf(offers, version), plan?.language ?? null);
  return (
    <Group gap="md" align="flex-end">
      <NativeSelect
        label={t("install.version")}
        data-testid="plan-version"
        value={version}
        onChange={(event) => onChoose({ ...nothingChosen, version: event.currentTarget.value })}
        data={versions.map((value) => ({
          value,
          label: value === stable ? t("install.stable", { version: value }) : value,
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
  );
}

/** What is planned is offered too, even if the list of releases is not there (yet). */
function withPresent(values: readonly string[], present: string | null): string[] {
  return present === null || values.includes(present) ? [...values] : [present, ...values];
}
