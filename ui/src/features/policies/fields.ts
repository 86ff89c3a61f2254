import type { ChangeDraft, Fault, PolicyDraft } from "./policy-draft";

/** What every part of the form is given. */
export interface FieldsProps {
  draft: PolicyDraft;
  change: ChangeDraft;
  /** Tells what is wrong at a place; null where nothing is. */
  wrong: (at: Fault["at"]) => string | null;
}
