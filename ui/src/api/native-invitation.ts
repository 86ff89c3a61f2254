import type { InvitationStep, InvitationView } from "./native.gen";

/** What the desktop window can do about a link of the portal, or a file that was saved there. */
export interface InvitationAbilities {
  /** What waits for the person's answer, with the next question. Rejects where it cannot be used. */
  invitation(): Promise<InvitationView | null>;
  /** Says yes to that very question; answers the next one. */
  acceptInvitation(number: number, step: InvitationStep): Promise<InvitationView>;
  dismissInvitation(): Promise<void>;
  /** Takes a link that the person pasted. */
  receiveInvitation(link: string): Promise<void>;
}
