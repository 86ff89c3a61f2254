import type { KeyboardEvent } from "react";
import { UnstyledButton } from "@mantine/core";
import { GripVertical } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "./Queue.module.css";

interface QueueHandleProps {
  name: string;
  job: string;
  place: number;
  count: number;
  onMove: (place: number) => void;
  onDrag: (dragged: boolean) => void;
}

/** What a job is moved by: dragged with the pointer, or with the arrow keys, Home and End. */
export function QueueHandle({ name, job, place, count, onMove, onDrag }: QueueHandleProps) {
  const { t } = useTranslation();
  const goals: Readonly<Record<string, number>> = {
    ArrowUp: place - 1,
    ArrowDown: place + 1,
    Home: 0,
    End: count - 1,
  };
  const press = (event: KeyboardEvent) => {
    const goal = goals[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    onMove(goal);
  };
  return (
    <UnstyledButton
      className={classes.handle}
      draggable
      data-testid={`job-move-${job}`}
      title={t("jobs.moveHint")}
      aria-label={t("jobs.move", { name, place: place + 1, count })}
      onKeyDown={press}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", job);
        onDrag(true);
      }}
      onDragEnd={() => onDrag(false)}
    >
      <GripVertical size={18} aria-hidden="true" />
    </UnstyledButton>
  );
}
