import { useState } from "react";
import { Button, Group, SegmentedControl, Stack } from "@mantine/core";
import { QrCode as QrIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useRequestOffline } from "@/api/licence-queries";
import type { LicenceView, RequestView } from "@/api/native.gen";
import { CopyAction } from "@/components/CopyAction";
import { FailureNotice } from "@/components/FailureNotice";
import { Notice } from "@/components/Notice";
import { Panel } from "@/components/Panel";
import { PathText } from "@/components/PathText";
import { QrCode } from "@/components/QrCode";
import { ImportAnswer } from "./ImportAnswer";
import classes from "./OfflinePanel.module.css";

/** What is asked of the service from a computer without a network. */
type Act = RequestView["act"];

/** A computer that has no network: a request goes out as a file or a QR code, the answer comes back (X10, B-21). */
export function OfflinePanel({ product, licence }: { product: string; licence: LicenceView }) {
  const { t } = useTranslation();
  const held = licence.user_id !== null;
  const [act, setAct] = useState<Act>(held ? "renew" : "activate");
  const request = useRequestOffline(product);
  const acts: readonly Act[] = held ? ["renew", "release"] : ["activate"];
  return (
    <Panel title={t("carried.title")} lead={t("carried.lead")}>
      <Stack gap="md" id="offline">
        {acts.length > 1 ? (
          <SegmentedControl
            aria-label={t("carried.what")}
            value={act}
            onChange={(value) => setAct(value as Act)}
            data={acts.map((value) => ({ value, label: t(`carried.act.${value}`) }))}
          />
        ) : null}
        {act === "release" ? <Notice tone="warn" title={t("carried.releaseWarning")} /> : null}
        {request.error ? <FailureNotice failure={request.error} /> : null}
        <Group>
          <Button
            leftSection={<QrIcon size={16} />}
            data-testid="make-request"
            loading={request.isPending}
            onClick={() => request.mutate(act)}
          >
            {t("carried.make")}
          </Button>
        </Group>
        {request.data ? <Made request={request.data} /> : null}
        <ImportAnswer />
      </Stack>
    </Panel>
  );
}

/** The request to be shown to a telephone, or carried as a file. */
function Made({ request }: { request: RequestView }) {
  const { t } = useTranslation();
  return (
    <div className={classes.made} data-testid="request-made">
      <QrCode text={request.text} label={t("carried.code")} dense />
      <div>
        <p>{t("carried.show")}</p>
        {request.file ? (
          <p>
            {t("carried.file")} <PathText path={request.file} />{" "}
            <CopyAction value={request.file} label={t("carried.copyPath")} />
          </p>
        ) : null}
        <p>
          {t("carried.text")} <CopyAction value={request.text} label={t("carried.copyText")} />
        </p>
      </div>
    </div>
  );
}
