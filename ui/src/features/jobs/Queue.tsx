import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useQueueRequest } from "@/api/actions";
import type { JobView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import { ActiveJob } from "./ActiveJob";
import { QueueHandle } from "./QueueHandle";
import { before } from "./order";
import classes from "./Queue.module.css";

/** The unfinished jobs in the order in which they are begun. The order changes by keyboard and by dragging. */
export function Queue({ jobs }: { jobs: readonly JobView[] }) {
  const { t } = useTranslation();
  const request = useQueueRequest();
  const [dragged, setDragged] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const ids = jobs.map(({ id }) => id);
  const move = (id: string, place: number) => {
    const job = jobs.find((item) => item.id === id);
    if (!job || place < 0 || place >= jobs.length || ids[place] === id) return;
    const words = { name: job.name, place: place + 1, count: jobs.length };
    request.mutate(
      { move: id, before: before(ids, id, place) },
      { onSuccess: () => setSaid(t("jobs.moved", words)) },
    );
  };
  return (
    <>
      <ol className={classes.queue}>
        {jobs.map((job, place) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a place to drop at; the handle takes the keys
          <li
            key={job.id}
            className={classes.item}
            data-dragged={dragged === job.id || undefined}
            onDragOver={(event) => {
              if (dragged) event.preventDefault();
            }}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged) move(dragged, place);
              setDragged(null);
            }}
          >
            <ActiveJob
              job={job}
              handle={
                jobs.length > 1 ? (
                  <QueueHandle
                    name={job.name}
                    job={job.id}
                    place={place}
                    count={jobs.length}
                    onMove={(to) => move(job.id, to)}
                    onDrag={(is) => setDragged(is ? job.id : null)}
                  />
                ) : null
              }
            />
          </li>
        ))}
      </ol>
      <p className={classes.said} role="status">
        {said}
      </p>
      {request.error ? <FailureNotice failure={request.error} /> : null}
    </>
  );
}
