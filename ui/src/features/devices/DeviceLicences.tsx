import { useState } from "react";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDeviceAct } from "@/api/devices";
import type { Device, DeviceLicence } from "@/api/types";
import { Panel } from "@/components/Panel";
import { StackTable } from "@/components/StackTable";
import { moment } from "@/lib/format";
import { ReleaseDialog } from "./DeviceDialogs";
import { LicenceTag } from "./LicenceTag";
import classes from "./DevicesPage.module.css";

interface DeviceLicencesProps {
  device: Device;
  nameOf: (product: string) => string;
}

/** The products that a computer holds a licence for, each to be released. */
export function DeviceLicences({ device, nameOf }: DeviceLicencesProps) {
  const { t } = useTranslation();
  const versionOf = (id: string) => device.installations.find(({ product }) => product === id)?.version;
  return (
    <Panel title={t("devices.licences")} lead={t("devices.licencesLead")}>
      {device.licences.length === 0 ? <p className={classes.detail}>{t("devices.noLicences")}</p> : null}
      {device.licences.length > 0 ? (
        <StackTable
          bare
          caption={t("devices.licences")}
          rows={device.licences}
          keyOf={({ product }) => product}
          columns={[
            {
              label: t("devices.product"),
              cell: ({ product }) => (
                <>
                  {nameOf(product)} <span className={classes.detail}>{versionOf(product)}</span>
                </>
              ),
            },
            { label: t("devices.licence"), cell: (licence) => <LicenceTag licence={licence} /> },
            { label: t("devices.worksUntil"), cell: ({ works_until }) => moment(works_until) },
            { label: t("devices.lastUsed"), cell: ({ last_used_at }) => moment(last_used_at) },
            {
              label: t("devices.release"),
              cell: (licence) => <Release device={device} licence={licence} name={nameOf(licence.product)} />,
            },
          ]}
        />
      ) : null}
    </Panel>
  );
}

function Release({ device, licence, name }: { device: Device; licence: DeviceLicence; name: string }) {
  const { t } = useTranslation();
  const act = useDeviceAct(device.device);
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        onClick={() => setAsked(true)}
        data-testid={`release-${licence.product}`}
      >
        {t("devices.release")}
      </Button>
      <ReleaseDialog
        name={name}
        device={device.name}
        opened={asked}
        pending={act.isPending}
        failure={act.error}
        onClose={() => setAsked(false)}
        onConfirm={() => act.mutate({ release: licence.product }, { onSuccess: () => setAsked(false) })}
      />
    </>
  );
}
