/** The job that `id` stands before once it is at `place` of the queue; null at its end. */
export function before(ids: readonly string[], id: string, place: number): string | null {
  return ids.filter((other) => other !== id)[place] ?? null;
}
