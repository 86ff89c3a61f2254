import { ask } from "./ask";
import type { InvitationAbilities } from "./native-invitation";

/** The abilities around links of the portal: every call is a named command of the program around the pages. */
export const invitationAbilities: InvitationAbilities = {
  invitation: () => ask("invitation"),
  acceptInvitation: (number, step) => ask("accept_invitation", { number, step }),
  dismissInvitation: () => ask("dismiss_invitation"),
  receiveInvitation: (link) => ask("receive_invitation", { link }),
};
