import { useState, type FormEvent } from "react";
import { Button, Group, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useProve } from "@/api/licence-queries";
import type { LicenceView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import type { StepProps } from "./GateDialog";
import classes from "./GateDialog.module.css";

interface SignInStepProps extends StepProps {
  /** As whom, if that is known. */
  userId: string | null;
  /** Whether a session is open: then the password alone proves it. */
  session: boolean;
  licence: LicenceView;
}

/** Our own sign-in: User ID, password and, where the account has one, the second step (S-141). */
export function SignInStep({ userId, session, licence, product, name, onAgain, onGiveUp }: SignInStepProps) {
  const { t } = useTranslation();
  const prove = useProve(product);
  const [user, setUser] = useState(userId ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [codeAsked, setCodeAsked] = useState(false);
  const [missing, setMissing] = useState(false);
  if (prove.error?.code === "second_step_needed" && !codeAsked) setCodeAsked(true);
  const quiet = prove.error?.code === "second_step_needed";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const incomplete = !password || !user.trim();
    setMissing(incomplete);
    if (incomplete || prove.isPending) return;
    const proof = { session, userId: user.trim(), password, code: codeAsked ? code.trim() : null };
    prove.mutate(proof, { onSuccess: onAgain });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <p className={classes.lead}>{t("gate.signInLead", { name })}</p>
        <p className={classes.small}>{licence.sentence}</p>
        {prove.error && !quiet ? <FailureNotice failure={prove.error} /> : null}
        <TextInput
          data-testid="gate-user"
          label={t("signIn.user")}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          readOnly={session}
          value={user}
          error={missing && !user.trim() ? t("signIn.userMissing") : null}
          onChange={(event) => setUser(event.currentTarget.value)}
        />
        <PasswordInput
          data-autofocus
          data-testid="gate-password"
          label={t("signIn.password")}
          autoComplete="current-password"
          value={password}
          error={missing && !password ? t("signIn.passwordMissing") : null}
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {codeAsked ? (
          <TextInput
            data-testid="gate-code"
            label={t("signIn.code")}
            description={t("gate.codeHint")}
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onGiveUp}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" data-testid="gate-submit" loading={prove.isPending}>
            {t("gate.signIn")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
