import { useState } from "react";
import { Button, Modal } from "@mantine/core";
import { ExternalLink } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { FailureFacts } from "@/lib/failure";
import { invitationName, invitationText, invitationType } from "@/lib/saved-invitation";
import { saveText } from "@/lib/save";
import { HandingOver, type HandOver } from "./HandingOver";
import classes from "./InstallNow.module.css";

interface InstallNowProps {
  product: string;
  name: string;
  /** The version that is shown beside it; without one there is nothing to install. */
  version: string | null;
  /** The hand-over that was made last, and by which the program was called. */
  made: HandOver | null;
  failure: FailureFacts | null;
  /** Makes a hand-over, and calls the program by it. */
  onHandOver: () => void;
}

/** In a browser: run now by the Toolcrib program, or save for later (S-119). */
export function InstallNow({ product, name, version, made, failure, onHandOver }: InstallNowProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const start = () => {
    setOpened(true);
    onHandOver();
  };
  const save = () => {
    const text = invitationText({ server: window.location.origin, product, version });
    saveText(invitationName(name, version), invitationType, text);
  };
  return (
    <div>
      <Button
        fullWidth
        leftSection={<ExternalLink size={16} />}
        data-testid={`install-${product}`}
        disabled={version === null}
        aria-describedby={`hint-${product}`}
        onClick={start}
      >
        {t("handOver.installNow")}
      </Button>
      <p id={`hint-${product}`} className={classes.hint}>
        {t("handOver.hint")}{" "}
        {version === null ? null : (
          <button type="button" className={classes.save} data-testid={`save-${product}`} onClick={save}>
            {t("handOver.save")}
          </button>
        )}
      </p>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t("handOver.title", { name: version ? `${name} ${version}` : name })}
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <HandingOver made={made} failure={failure} onAgain={onHandOver} onSave={save} />
      </Modal>
    </div>
  );
}
