import { useState } from "react";
import { Button, Group, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { Search, SearchX } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CheckedMachine, ReadinessCheck } from "@/api/readiness";
import { useMachines } from "@/api/readiness-queries";
import { EmptyState } from "@/components/EmptyState";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { StackTable, type Column } from "@/components/StackTable";
import { VerdictText } from "@/components/VerdictText";
import { moment, relative } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { CausePanel } from "./CausePanel";
import { StateMark } from "./StateMark";
import { filterOf, machineStates, type Place } from "./place";
import classes from "./Readiness.module.css";

interface ComputersProps {
  check: ReadinessCheck;
  place: Place;
  onPlace: (place: Place) => void;
}

/** The computers that reported: all, those in one state, or those that lack one thing (I5). */
export function Computers({ check, place, onPlace }: ComputersProps) {
  const { t } = useTranslation();
  const filter = filterOf(place);
  const machines = useMachines(check.check, filter);
  const rows = machines.data?.pages.flatMap(({ items }) => items) ?? [];
  const caused = filter.rule !== undefined;
  return (
    <Stack gap="md">
      {caused ? <CausePanel check={check.check} place={place} rows={rows} onPlace={onPlace} /> : null}
      <Filters place={place} onPlace={onPlace} />
      {machines.isPending ? <Loading /> : null}
      {machines.error ? (
        <FailureNotice failure={machines.error} remedies={{ retry: () => void machines.refetch() }} />
      ) : null}
      {machines.data && rows.length === 0 ? (
        <EmptyState
          icon={SearchX}
          title={t("readinessMachines.noneTitle")}
          text={t("readinessMachines.noneText")}
        />
      ) : null}
      {rows.length > 0 ? (
        <Matrix
          check={check}
          rows={rows}
          caused={caused}
          onOpen={(machine) => onPlace({ ...place, machine })}
        />
      ) : null}
      {machines.hasNextPage ? (
        <Group justify="center">
          <Button
            variant="default"
            loading={machines.isFetchingNextPage}
            onClick={() => void machines.fetchNextPage()}
            data-testid="machines-more"
          >
            {t("readiness.loadMore")}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

function Filters({ place, onPlace }: Pick<ComputersProps, "place" | "onPlace">) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(place.name ?? "");
  const search = useDebouncedCallback((name: string) => {
    const { name: _, ...rest } = place;
    onPlace(name ? { ...rest, name } : rest);
  }, 300);
  const choose = (state: string) => {
    const { state: _, change: __, ...rest } = place;
    onPlace(state === "all" ? rest : { ...rest, state });
  };
  return (
    <div className={classes.between}>
      <SegmentedControl
        aria-label={t("readinessMachines.filter")}
        value={filterOf(place).state ?? "all"}
        onChange={choose}
        data={[
          { value: "all", label: t("readinessMachines.all") },
          ...machineStates.map((state) => ({ value: state, label: t(`readinessMachines.states.${state}`) })),
        ]}
      />
      <TextInput
        aria-label={t("readinessMachines.search")}
        placeholder={t("readinessMachines.search")}
        leftSection={<Search size={16} />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          search(event.currentTarget.value.trim());
        }}
        data-testid="machines-search"
      />
    </div>
  );
}

interface MatrixProps {
  check: ReadinessCheck;
  rows: readonly CheckedMachine[];
  caused: boolean;
  onOpen: (machine: string) => void;
}

/** Computers against products; for one cause, what was measured instead. */
function Matrix({ check, rows, caused, onOpen }: MatrixProps) {
  const { t } = useTranslation();
  const now = useNow();
  const finding: Column<CheckedMachine>[] = [
    { label: t("readinessMachines.measured"), cell: (row) => row.finding?.measured ?? "" },
    { label: t("readinessMachines.needed"), cell: (row) => row.finding?.needed ?? "" },
  ];
  const products: Column<CheckedMachine>[] = check.products.map(({ product, name }) => ({
    label: name,
    cell: (row) => {
      const found = row.products.find((item) => item.product === product);
      return found ? <VerdictText verdict={found.verdict} /> : null;
    },
  }));
  return (
    <StackTable
      caption={t("readiness.computers")}
      rows={rows}
      keyOf={({ machine }) => machine}
      columns={[
        {
          label: t("readinessMachines.name"),
          cell: ({ machine, name, finding_count }) => (
            <>
              <button
                type="button"
                className={classes.linkLike}
                onClick={() => onOpen(machine)}
                data-testid="machine-open"
              >
                {name}
              </button>
              {finding_count > 0 ? (
                <span className={classes.detail}>
                  {t("readinessMachines.findings", { count: finding_count })}
                </span>
              ) : null}
            </>
          ),
        },
        { label: t("readinessMachines.state"), cell: ({ state }) => <StateMark state={state} /> },
        ...(caused ? finding : products),
        {
          label: t("readinessMachines.change"),
          cell: ({ change }) => t(`readinessMachines.changes.${change}`),
        },
        {
          label: t("readinessMachines.reported"),
          cell: ({ received_at }) => <span title={moment(received_at)}>{relative(received_at, now)}</span>,
        },
      ]}
    />
  );
}
