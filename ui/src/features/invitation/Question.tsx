import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { InvitationView } from "@/api/native.gen";
import { Facts } from "@/components/Facts";
import { Notice } from "@/components/Notice";
import classes from "./Question.module.css";

interface QuestionProps {
  asked: InvitationView;
  pending: boolean;
  onYes: () => void;
  onNo: () => void;
}

/** One question with everything that helps to answer it. The answer that changes nothing has the focus. */
export function Question({ asked, pending, onYes, onNo }: QuestionProps) {
  const { t } = useTranslation();
  const { step, person, signed_in: here, other_server: other } = asked;
  const words = { what: whatOf(asked), here: here ?? "", name: person?.name ?? "" };
  return (
    <Stack gap="md">
      <Text size="sm">{t("invitation.asks", words)}</Text>
      <Facts
        facts={[
          {
            label: t("invitation.person"),
            value: person ? `${person.name} (${person.user_id}), ${person.organisation_name}` : null,
          },
          { label: t("invitation.server"), value: <code className={classes.server}>{asked.server}</code> },
          {
            label: t("invitation.yours"),
            value: other ? <code className={classes.server}>{other}</code> : null,
          },
        ]}
      />
      {step === "meet_server" ? (
        <Notice tone={other ? "warn" : "info"} title={t(other ? "invitation.other" : "invitation.first")}>
          {t("invitation.meetText")}
        </Notice>
      ) : null}
      {step === "replace" ? (
        <Notice tone="warn" title={t("invitation.replaces", words)}>
          {t(person ? "invitation.replaceText" : "invitation.replaceByPassword", words)}
        </Notice>
      ) : null}
      {step === "sign_in" ? (
        <Text size="sm" c="dimmed">
          {t("invitation.signInText", words)}
        </Text>
      ) : null}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" data-autofocus data-testid="invitation-no" onClick={onNo}>
          {t(step === "replace" ? "invitation.keep" : "invitation.no", words)}
        </Button>
        <Button
          {...(step === "replace" ? { color: "brick" } : {})}
          loading={pending}
          data-testid="invitation-yes"
          onClick={onYes}
        >
          {t(yes(asked), words)}
        </Button>
      </Group>
    </Stack>
  );
}

function yes({ step, person }: InvitationView) {
  if (step === "meet_server") return "invitation.meet" as const;
  return person ? ("invitation.signIn" as const) : ("invitation.signOut" as const);
}

/** The product as people call it, with its version. */
export function whatOf({ name, product, version }: InvitationView): string {
  const called = name ?? product;
  return version ? `${called} ${version}` : called;
}
