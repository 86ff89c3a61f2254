import classes from "./ProgressBar.module.css";

interface ProgressBarProps {
  /** 0 to 100. */
  value: number;
  label: string;
  valueText: string;
  state: string;
  size?: "large" | "small";
  testId?: string;
}

/** One bar for a whole job. */
export function ProgressBar({ value, label, valueText, state, size = "large", testId }: ProgressBarProps) {
  return (
    <div
      role="progressbar"
      className={classes.track}
      data-size={size}
      data-state={state}
      data-testid={testId}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value}
      aria-valuetext={valueText}
    >
      <div className={classes.fill} style={{ transform: `scaleX(${value / 100})` }} />
    </div>
  );
}
