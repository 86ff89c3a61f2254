import { asks, invitation, unusable } from "./fake-invitation";
import type { World } from "./world";

/** The worlds to which a link of the portal, or a saved file, has come. */
export function invitedWorlds(user: World, admin: World) {
  return {
    "invited-first": {
      ...user,
      me: null,
      app: { ...user.app, server: null },
      invitation: asks("meet_server"),
    },
    "invited-elsewhere": {
      ...user,
      invitation: asks("meet_server", { other_server: "https://old.example" }),
    },
    invited: { ...user, me: null, invitation },
    "invited-other": { ...admin, invitation: asks("replace", { signed_in: "carl@smith.example" }) },
    "invited-saved": {
      ...user,
      me: null,
      invitation: asks("password", { person: null, code_ended: true }),
    },
    "invited-badly": { ...user, invitation: unusable },
  } as const satisfies Record<string, World>;
}
