import { Select } from "@mantine/core";
import { Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ContractPerson } from "@/api/groups";

interface PersonFieldProps {
  label: string;
  people: readonly ContractPerson[];
  disabled: boolean;
  onPerson: (person: ContractPerson) => void;
}

/** Finds a person of the contract by name or User ID; what is chosen is acted on, and the field is empty again. */
export function PersonField({ label, people, disabled, onPerson }: PersonFieldProps) {
  const { t } = useTranslation();
  return (
    <Select
      searchable
      label={label}
      placeholder={t("groups.members.addHint")}
      nothingFoundMessage={t("groups.members.nobodyFound")}
      leftSection={<Search size={15} aria-hidden="true" />}
      rightSection={<span />}
      limit={50}
      disabled={disabled}
      value={null}
      data={people.map(({ account, name, user_id }) => ({ value: account, label: `${name}, ${user_id}` }))}
      onChange={(account) => {
        const found = people.find((person) => person.account === account);
        if (found) onPerson(found);
      }}
      comboboxProps={{ shadow: "sm" }}
      data-testid="person-field"
    />
  );
}
