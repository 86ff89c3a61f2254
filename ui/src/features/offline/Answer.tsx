import { Button, Group } from "@mantine/core";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { OfflineReply } from "@/api/types";
import { CopyAction } from "@/components/CopyAction";
import { Facts } from "@/components/Facts";
import { Panel } from "@/components/Panel";
import { QrCode } from "@/components/QrCode";
import { moment } from "@/lib/format";
import { saveText } from "@/lib/save";
import classes from "./OfflinePage.module.css";

/** The longest text that a QR code holds at the lowest correction, in bytes. */
const longestCode = 2_900;

/** The answer: as a file, as a text to copy, and as a QR code where it fits one. */
export function Answer({ reply, onAnother }: { reply: OfflineReply; onAnother: () => void }) {
  const { t } = useTranslation();
  const act = reply.act === "release" ? "release" : reply.act === "renew" ? "renew" : "activate";
  return (
    <Panel title={t("offline.answerTitle")} lead={t(`offline.done.${act}`)}>
      <div className={classes.answer} data-testid="offline-reply">
        <div>
          <Facts
            facts={[
              { label: t("offline.computer"), value: reply.device_name },
              { label: t("offline.product"), value: reply.product },
              { label: t("offline.worksUntil"), value: reply.works_until ? moment(reply.works_until) : null },
            ]}
          />
          <Group gap="sm" mt="md">
            <Button
              leftSection={<Download size={16} aria-hidden="true" />}
              onClick={() => saveText(reply.file_name, "text/plain", `${reply.answer}\n`)}
              data-testid="offline-save"
            >
              {t("offline.save")}
            </Button>
            <CopyAction value={reply.answer} label={t("offline.copy")} />
            <Button variant="default" onClick={onAnother}>
              {t("offline.another")}
            </Button>
          </Group>
        </div>
        {reply.answer.length <= longestCode ? (
          <QrCode text={reply.answer} label={t("offline.qrLabel")} dense />
        ) : (
          <p className={classes.note}>{t("offline.tooLong")}</p>
        )}
      </div>
    </Panel>
  );
}
