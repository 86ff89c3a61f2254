import { useState, type FormEvent } from "react";
import { Button, Collapse, PasswordInput, Stack, TextInput, UnstyledButton } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSignIn } from "@/api/actions";
import { FailureNotice } from "@/components/FailureNotice";
import { WhatIsWrong } from "./WhatIsWrong";
import { faultsOf, useSignInFields } from "./use-sign-in-fields";
import classes from "./SignInForm.module.css";

interface SignInFormProps {
  inWindow: boolean;
  /** The server of last time. */
  server: string | null;
  secretsPlace: string | null;
}

/** User ID and password; the server under “Advanced” in the window; a code only when it is asked for. */
export function SignInForm({ inWindow, server, secretsPlace }: SignInFormProps) {
  const { t } = useTranslation();
  const signIn = useSignIn();
  const { fields, faults, setFaults, change } = useSignInFields(server ?? "");
  const [advanced, setAdvanced] = useState(false);
  const codeAsked = useCodeAsked(signIn.error?.code);
  const serverShown = inWindow && (advanced || !server);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = faultsOf(fields, { server: inWindow, code: codeAsked });
    setFaults(found);
    if (found.server) setAdvanced(true);
    if (Object.keys(found).length > 0 || signIn.isPending) return;
    signIn.mutate({
      server: inWindow ? fields.server.trim() : null,
      userId: fields.userId.trim(),
      password: fields.password,
      code: codeAsked ? fields.code.trim() : null,
    });
  };
  const fault = (name: keyof typeof faults) => {
    const key = faults[name];
    return key ? t(key) : null;
  };

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <h1 className={classes.title}>{t("signIn.title")}</h1>
      <Stack gap="md">
        {signIn.error && signIn.error.code !== "not_signed_in" ? (
          <FailureNotice failure={signIn.error} />
        ) : null}
        {inWindow && signIn.error && unreachable.has(signIn.error.code) ? <WhatIsWrong /> : null}
        <TextInput
          data-testid="sign-in-user"
          label={t("signIn.user")}
          description={t("signIn.userHint")}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          size="md"
          value={fields.userId}
          error={fault("userId")}
          onChange={(event) => change("userId")(event.currentTarget.value)}
        />
        <PasswordInput
          data-testid="sign-in-password"
          label={t("signIn.password")}
          autoComplete="current-password"
          size="md"
          value={fields.password}
          error={fault("password")}
          aria-invalid={faults.password !== undefined}
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          onChange={(event) => change("password")(event.currentTarget.value)}
        />
        {codeAsked ? (
          <TextInput
            data-testid="sign-in-code"
            label={t("signIn.code")}
            description={t("signIn.codeHint")}
            autoComplete="one-time-code"
            maxLength={24}
            size="md"
            value={fields.code}
            error={fault("code")}
            onChange={(event) => change("code")(event.currentTarget.value)}
          />
        ) : null}
        {inWindow && server ? (
          <UnstyledButton
            className={classes.toggle}
            aria-expanded={advanced}
            data-testid="sign-in-advanced"
            onClick={() => setAdvanced((open) => !open)}
          >
            <span>{t("signIn.advanced")}</span>
            <span className={classes.server}>{serverShown ? "" : host(fields.server)}</span>
            <ChevronDown size={16} aria-hidden="true" data-open={advanced || undefined} />
          </UnstyledButton>
        ) : null}
        {inWindow ? (
          <Collapse expanded={serverShown}>
            <TextInput
              data-testid="sign-in-server"
              label={t("signIn.server")}
              description={t("signIn.serverHint")}
              inputMode="url"
              spellCheck={false}
              size="md"
              value={fields.server}
              error={fault("server")}
              onChange={(event) => change("server")(event.currentTarget.value)}
            />
          </Collapse>
        ) : null}
        <Button type="submit" size="md" data-testid="sign-in-submit" loading={signIn.isPending}>
          {t("signIn.submit")}
        </Button>
      </Stack>
      <p className={classes.foot}>
        {t("signIn.noAccount")}
        {secretsPlace ? ` ${t("signIn.secrets", { place: secretsPlace })}` : ""}
      </p>
    </form>
  );
}

/** Failures of which the connection may be the cause. */
const unreachable: ReadonlySet<string> = new Set(["offline", "server_unusable", "not_our_server"]);

/** Once a code was asked for, its field stays. */
function useCodeAsked(code: string | undefined): boolean {
  const [asked, setAsked] = useState(false);
  if (code === "second_step_needed" && !asked) setAsked(true);
  return asked;
}

function host(address: string): string {
  return address.replace(/^https?:\/\//, "");
}
