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

/** What a text is called; one of a product that is needed says of which. */
const titleOf = ({ needed, title }: TextView) => (needed === null ? title : `${needed}: ${title}`);

/** The texts to accept: each can be read, all are accepted at once (S-118). */
export function Terms({ texts, accepted, onAccepted }: TermsProps) {
  const { t } = useTranslation();
  const [reading, setReading] = useState<TextView | null>(null);
  return (
    <Panel title={t("install.terms")}>
      <ul className={classes.list}>
        {texts.map((text) => (
          <li key={`${text.needed ?? ""}/${text.id}`}>
            <span>
              <span className={classes.title}>{titleOf(text)}</span>
              <span className={classes.version}>{t("install.textVersion", { version: text.version })}</span>
            </span>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${t("install.read")}: ${titleOf(text)}`}
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
        label={t("install.accept", { titles: texts.map(titleOf).join(", ") })}
      />
      <Modal
        opened={reading !== null}
        onClose={() => setReading(null)}
        title={reading ? titleOf(reading) : undefined}
        size="lg"
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <div className={classes.body}>{reading?.body}</div>
      </Modal>
    </Panel>
  );
}
