import { useState } from "react";
import { PasswordInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { IdentityProof } from "@/api/types";

/** What proves who the person is, as it is typed. */
export interface Proof {
  readonly password: string;
  readonly code: string;
}

/** The fields of a proof, with what is missing. */
export function useProof(codeWanted: boolean) {
  const [proof, setProof] = useState<Proof>({ password: "", code: "" });
  const [tried, setTried] = useState(false);
  const missing = {
    password: tried && proof.password === "",
    code: tried && codeWanted && proof.code.trim() === "",
  };
  /** Answers the proof if it is whole; else the fields say what is missing. */
  const given = (): IdentityProof | null => {
    setTried(true);
    const code = proof.code.trim();
    if (proof.password === "" || (codeWanted && code === "")) return null;
    return codeWanted ? { password: proof.password, code } : { password: proof.password };
  };
  return { proof, setProof, missing, given, codeWanted };
}

/** Password, and the code where the account has a second step. */
export function ProofFields({ proof, setProof, missing, codeWanted }: ReturnType<typeof useProof>) {
  const { t } = useTranslation();
  return (
    <>
      <PasswordInput
        data-autofocus
        data-testid="proof-password"
        label={t("signIn.password")}
        autoComplete="current-password"
        value={proof.password}
        error={missing.password ? t("signIn.passwordMissing") : null}
        visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
        onChange={(event) => setProof({ ...proof, password: event.currentTarget.value })}
      />
      {codeWanted ? (
        <TextInput
          data-testid="proof-code"
          label={t("signIn.code")}
          description={t("security.codeHint")}
          autoComplete="one-time-code"
          maxLength={24}
          value={proof.code}
          error={missing.code ? t("security.codeMissing") : null}
          onChange={(event) => setProof({ ...proof, code: event.currentTarget.value })}
        />
      ) : null}
    </>
  );
}
