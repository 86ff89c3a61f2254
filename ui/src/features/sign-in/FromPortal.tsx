import { useState, type FormEvent } from "react";
import { Button, Stack, TextInput, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDismissInvitation, useReceiveInvitation } from "@/api/invitation";
import type { InvitationView } from "@/api/native.gen";
import { Notice } from "@/components/Notice";
import classes from "./SignInForm.module.css";

/** What waits until somebody has signed in. */
export function Awaited({ invitation }: { invitation: InvitationView }) {
  const { t } = useTranslation();
  const dismiss = useDismissInvitation();
  const { name, product, version } = invitation;
  const what = [name ?? product, version].filter(Boolean).join(" ");
  return (
    <Notice
      tone="info"
      title={t("invitation.awaited", { what })}
      action={
        <Button size="xs" variant="default" data-testid="invitation-no" onClick={() => dismiss.mutate()}>
          {t("invitation.no")}
        </Button>
      }
    >
      {t(invitation.code_ended ? "invitation.ended" : "invitation.awaitedText")}
    </Notice>
  );
}

/** A code that was copied in the portal, for when the link does not find the program by itself (U6). */
export function FromPortal() {
  const { t } = useTranslation();
  const receive = useReceiveInvitation();
  const [opened, setOpened] = useState(false);
  const [code, setCode] = useState("");
  const take = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim()) receive.mutate(code.trim(), { onSettled: () => setCode("") });
  };
  if (!opened) {
    return (
      <UnstyledButton className={classes.toggle} data-testid="from-portal" onClick={() => setOpened(true)}>
        {t("invitation.haveCode")}
      </UnstyledButton>
    );
  }
  return (
    <form onSubmit={take}>
      <Stack gap="xs">
        <TextInput
          label={t("invitation.code")}
          description={t("invitation.codeHint")}
          autoComplete="off"
          spellCheck={false}
          value={code}
          data-testid="portal-code"
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" data-testid="portal-code-use" loading={receive.isPending}>
          {t("invitation.useCode")}
        </Button>
      </Stack>
    </form>
  );
}
