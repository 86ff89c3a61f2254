import { useState } from "react";
import { Button, Modal } from "@mantine/core";
import { ExternalLink } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useHandOver } from "@/api/hand-over";
import { invitationName, invitationText, invitationType } from "@/lib/saved-invitation";
import { saveText } from "@/lib/save";
import { HandingOver } from "./HandingOver";
import classes from "./InstallNow.module.css";

interface InstallNowProps {
  product: string;
  name: string;
  /** The version that is shown beside it; without one there is nothing to install. */
  version: string | null;
}

/** In a browser: run now by the Toolcrib program, or save for later (S-119). */
export function InstallNow({ product, name, version }: InstallNowProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const handOver = useHandOver({ product, version });
  const start = () => {
    setOpened(true);
    handOver.mutate();
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
        <HandingOver
          made={handOver.data ?? null}
          failure={handOver.error}
          onAgain={() => handOver.mutate()}
          onSave={save}
        />
      </Modal>
    </div>
  );
}
