/** The parts of the plan that the first steps lead to. */
export const parts = {
  requirements: "plan-requirements",
  tools: "plan-tools",
  summary: "plan-summary",
} as const;

/** Goes to a part of the page: to what is to be used in it, if that can be used, else to its beginning. */
export function goTo(id: string): void {
  const part = document.getElementById(id);
  const goal = part?.querySelector<HTMLElement>("[data-goal]:enabled") ?? part;
  goal?.focus({ preventScroll: true });
  goal?.scrollIntoView({ block: goal === part ? "start" : "center" });
}
