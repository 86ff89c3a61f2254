import { useState } from "react";
import type { TextKey } from "@/lib/i18n/keys";

/** What a person fills in. */
export interface Fields {
  readonly server: string;
  readonly userId: string;
  readonly password: string;
  readonly code: string;
}

/** What is wrong with a field. */
export type Faults = Partial<Record<keyof Fields, TextKey>>;

/** Which fields are shown, and so must be filled. */
export interface Shown {
  readonly server: boolean;
  readonly code: boolean;
}

/** Six digits of an authenticator, or a recovery code. */
const code = /^(\d{6}|[\w\s-]{15,24})$/;

/** What is missing; nothing else can be judged here. */
export function faultsOf(fields: Fields, shown: Shown): Faults {
  return {
    ...(shown.server && !fields.server.trim() ? { server: "signIn.serverMissing" } : {}),
    ...(fields.userId.trim() ? {} : { userId: "signIn.userMissing" }),
    ...(fields.password ? {} : { password: "signIn.passwordMissing" }),
    ...(shown.code && !code.test(fields.code.trim()) ? { code: "signIn.codeMissing" } : {}),
  };
}

/** The fields of the form with their faults; a fault goes as soon as its field is changed. */
export function useSignInFields(server: string) {
  const [fields, setFields] = useState<Fields>({ server, userId: "", password: "", code: "" });
  const [faults, setFaults] = useState<Faults>({});
  const change = (name: keyof Fields) => (value: string) => {
    setFields((now) => Object.assign({}, now, { [name]: value }));
    setFaults(({ [name]: _gone, ...rest }) => rest);
  };
  return { fields, faults, setFaults, change };
}
