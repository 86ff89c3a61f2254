import type { PlanView } from "@/api/native.gen";

const free = 82_400_000_000;

/** What a plan says of the room for so many bytes, on a computer with one disk of which nothing is taken yet. */
export function roomFor(
  bytes: number,
  free_bytes = free,
): Pick<PlanView, "peak_bytes" | "needed_bytes" | "free_bytes" | "volumes" | "tells_volumes"> {
  const is_short = bytes > free_bytes;
  const volumes = [{ mount: "/", needed_bytes: bytes, free_bytes, is_short }];
  return { peak_bytes: bytes, needed_bytes: bytes, free_bytes, volumes, tells_volumes: is_short };
}
