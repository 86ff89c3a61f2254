import { useState } from "react";
import { Button, Checkbox, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { TextView } from "@/api/native.gen";
import { Panel } from "@/components/Panel";
import classes from "./Terms.module.css";

interface TermsProps {
  texts: readonly TextView[];
  accepted: boolean;
  onAccepted: (accepted: boolean) => void;
}

/** The texts to accept: each can be read, all are accepted at once (S-118). */
export function Terms({ texts, accepted, onAccepted }: TermsProps) {
  const { t } = useTranslation();
  const [reading, setReading] = useState<TextView | null>(null);
  return (
    <Panel title={t("install.terms")}>
      <ul className={classes.list}>
        {texts.map((text) => (
          <li key={text.id}>
            <span>
              <span className={classes.title}>{text.title}</span>
              <span className={classes.version}>{t("install.textVersion", { version: text.version })}</span>
            </span>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${t("install.read")}: ${text.title}`}
              onClick={() => setReading(text)}
            >
              {t("install.read")}
            </Button>
          </li>
        ))}
      </ul>
      <Checkbox
        data-testid="accept-terms"
        checked={accepted}
        onChange={(event) => onAccepted(event.currentTarget.checked)}
        label={t("install.accept", { titles: texts.map(({ title }) => title).join(", ") })}
      />
      <Modal
        opened={reading !== null}
        onClose={() => setReading(null)}
        title={reading?.title}
        size="lg"
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <div className={classes.body}>{reading?.body}</div>
      </Modal>
    </Panel>
  );
}
