import type { DeviceFacts, DeviceFit } from "@/api/readiness";
import type { Device } from "@/api/types";

/** How a computer fares for the organisation's products; `untold` if it has told nothing. */
export type Fitness = DeviceFit["verdict"] | "untold";

/** In the order in which they want attention. */
export const fitnesses: readonly Fitness[] = ["fail", "warn", "pass", "untold"];

/** The worst of the verdicts for its products. */
export function fitness(told: DeviceFacts | undefined): Fitness {
  if (!told) return "untold";
  return fitnesses.find((one) => told.products.some(({ verdict }) => verdict === one)) ?? "pass";
}

/** Which computers to show. */
export interface DeviceFilter {
  readonly text: string;
  readonly fitness: Fitness | "all";
}

/** Whether name, person or system have all the words in them, and the computer fares as asked. */
export function matches(device: Device, told: DeviceFacts | undefined, filter: DeviceFilter): boolean {
  const where = `${device.name} ${device.user_name} ${device.user_id} ${device.platform}`.toLowerCase();
  const words = filter.text.toLowerCase().split(/\s+/);
  return (
    words.every((word) => where.includes(word)) &&
    (filter.fitness === "all" || filter.fitness === fitness(told))
  );
}

/** Facts that are older than this, in milliseconds, may no longer be true. */
const fresh = 7 * 86_400_000;

/** Whether the computer has not told anything for long. */
export function isStale(told: DeviceFacts, now: number): boolean {
  return now - new Date(told.received_at).getTime() > fresh;
}
