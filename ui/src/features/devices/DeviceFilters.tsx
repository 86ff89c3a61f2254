import { SegmentedControl, TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import { fitnesses, type DeviceFilter } from "./readiness";
import classes from "./DevicesPage.module.css";

interface DeviceFiltersProps {
  filter: DeviceFilter;
  /** Whether computers tell what they have. */
  facts: boolean;
  onFilter: (filter: DeviceFilter) => void;
}

/** Which computers to show: by words, and by how they fare. */
export function DeviceFilters({ filter, facts, onFilter }: DeviceFiltersProps) {
  const { t } = useTranslation();
  const choose = (value: string) =>
    onFilter({ ...filter, fitness: fitnesses.find((one) => one === value) ?? "all" });
  return (
    <div className={classes.filters}>
      <TextInput
        aria-label={t("devices.search")}
        placeholder={t("devices.search")}
        leftSection={<Search size={16} aria-hidden="true" />}
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
        data-testid="devices-search"
      />
      {facts ? (
        <SegmentedControl
          aria-label={t("devices.fitness")}
          value={filter.fitness}
          onChange={choose}
          data={["all" as const, ...fitnesses].map((value) => ({
            value,
            label: t(`devices.fitnesses.${value}`),
          }))}
          data-testid="devices-fitness"
        />
      ) : null}
    </div>
  );
}
