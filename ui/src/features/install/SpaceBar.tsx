import classes from "./SpaceBar.module.css";

interface SpaceBarProps {
  installed: number;
  peak: number;
  free: number;
}

/** How much of the free room is needed, afterwards and at the peak. A picture of the numbers above it. */
export function SpaceBar({ installed, peak, free }: SpaceBarProps) {
  const share = (size: number) => `${Math.min(100, Math.max(1, (size / Math.max(free, 1)) * 100))}%`;
  return (
    <div className={classes.bar} data-short={peak > free || undefined} aria-hidden="true">
      <div className={classes.peak} style={{ width: share(peak) }} />
      <div className={classes.installed} style={{ width: share(Math.min(installed, peak)) }} />
    </div>
  );
}
