import { CircleCheckBig } from "lucide-react";
import classes from "./DoneHead.module.css";

/** That something came to its good end, said aloud. */
export function DoneHead({ title, text }: { title: string; text: string }) {
  return (
    <div className={classes.head}>
      <CircleCheckBig size={34} strokeWidth={1.8} aria-hidden="true" />
      <div role="status">
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
    </div>
  );
}
