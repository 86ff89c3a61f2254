import type { ReactNode } from "react";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ContractPerson } from "@/api/groups";
import type { useContractPeople } from "@/api/groups-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import type { Failure } from "@/lib/failure";
import { PersonField } from "./PersonField";
import classes from "./Groups.module.css";

/** What was done last, and the way back. */
export interface LastChange {
  /** What tells it from the one before. */
  readonly id: string;
  readonly title: string;
  /** Whether the place that had the focus is gone by it, so that the focus goes on to the way back. */
  readonly focused: boolean;
  readonly onUndo: () => void;
}

interface PeoplePanelProps {
  title: string;
  lead: string;
  /** What is done to somebody who is found. */
  label: string;
  people: ReturnType<typeof useContractPeople>;
  /** Those of them to whom it can be done. */
  offered: readonly ContractPerson[];
  onPerson: (person: ContractPerson) => void;
  /** What is said where it can be done to nobody. */
  nobody?: string;
  /** Why the last change was not made. */
  failure: Failure | null;
  last: LastChange | null;
  children: ReactNode;
}

/** Some people of a contract: more are found by search, and what was done last can be undone at once. */
export function PeoplePanel({
  title,
  lead,
  label,
  people,
  offered,
  onPerson,
  nobody,
  failure,
  last,
  children,
}: PeoplePanelProps) {
  return (
    <Panel flush title={title} lead={lead}>
      <div className={classes.bar}>
        <PersonField label={label} people={offered} disabled={!people.data} onPerson={onPerson} />
        {people.data && offered.length === 0 && nobody ? <p className={classes.muted}>{nobody}</p> : null}
      </div>
      {people.isPending ? <Loading /> : null}
      {people.error ? (
        <FailureNotice
          className={classes.change}
          failure={people.error}
          remedies={{ retry: () => void people.refetch() }}
        />
      ) : null}
      {failure ? <FailureNotice className={classes.change} failure={failure} /> : null}
      <div role="status" aria-label={title}>
        {last ? <Change key={last.id} {...last} /> : null}
      </div>
      {children}
    </Panel>
  );
}

function Change({ title, focused, onUndo }: LastChange) {
  const { t } = useTranslation();
  return (
    <Notice
      tone="info"
      className={classes.change}
      title={title}
      action={
        <Button size="xs" variant="default" autoFocus={focused} onClick={onUndo} data-testid="change-undo">
          {t("groups.members.undo")}
        </Button>
      }
    />
  );
}
