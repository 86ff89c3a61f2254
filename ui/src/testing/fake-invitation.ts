import type { FeedMessage, InvitationStep, InvitationView } from "@/api/native.gen";
import type { InvitationAbilities } from "@/api/native-invitation";
import { Failure } from "@/lib/failure";

/** What the fake world knows of a link of the portal. */
export interface InvitationWorld {
  /** What waits at the start; a failure is a link that cannot be used. */
  readonly invitation?: InvitationView | Failure;
}

/** What the fake host lends. */
export interface InvitationLent {
  note(what: string, act: string): void;
  tell(message: FeedMessage): void;
  /** The person of the world is signed in from now on. */
  arrive(): void;
}

/** A link that would sign Uma in on a computer that knows nobody. */
export const invitation: InvitationView = {
  number: 1,
  step: "sign_in",
  product: "sample-studio",
  name: "Sample Studio",
  version: "1.1.0",
  language: null,
  server: "https://toolcrib.smith.example",
  other_server: null,
  signed_in: null,
  person: { user_id: "uma@smith.example", name: "Uma Patel", organisation_name: "Smith Ltd" },
  code_ended: false,
};

/** Another question about the same link; before the server was asked nobody is named. */
export function asks(step: InvitationStep, change: Partial<InvitationView> = {}): InvitationView {
  const unseen = step === "meet_server" ? { person: null, name: null } : {};
  return { ...invitation, step, ...unseen, ...change };
}

/** What is said of a link that cannot be used. */
export const unusable = new Failure({
  code: "invalid",
  message: "This link or file cannot be used: it names no account service that can be used.",
  advice: "Press Install Now in the portal again, or install by name: `toolcrib install PRODUCT`.",
  retryable: false,
  requestId: null,
});

/** The abilities over that world. */
export function invitationAbilities(world: InvitationWorld, lent: InvitationLent): InvitationAbilities {
  let waiting = world.invitation ?? null;
  const next: Record<InvitationStep, InvitationStep> = {
    meet_server: "sign_in",
    sign_in: "ready",
    replace: "ready",
    password: "password",
    ready: "ready",
  };
  return {
    invitation: async () => {
      if (waiting instanceof Failure) throw waiting;
      return waiting;
    },
    acceptInvitation: async (number, step) => {
      lent.note(`acceptInvitation ${number} ${step}`, "acceptInvitation");
      if (waiting === null || waiting instanceof Failure) throw new Error("nothing waits");
      waiting = { ...waiting, step: next[step], person: invitation.person };
      if (waiting.step === "ready") lent.arrive();
      return waiting;
    },
    dismissInvitation: async () => {
      lent.note("dismissInvitation", "dismissInvitation");
      waiting = null;
      lent.tell({ kind: "invited" });
    },
    receiveInvitation: async (link) => {
      lent.note(`receiveInvitation ${link}`, "receiveInvitation");
      waiting = invitation;
      lent.tell({ kind: "invited" });
    },
  };
}
