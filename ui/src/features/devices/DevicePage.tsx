import { useState } from "react";
import { Button } from "@mantine/core";
import { LogOut } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useDeviceAct, useDevices } from "@/api/devices";
import { useProducts } from "@/api/queries";
import type { Device, Me } from "@/api/types";
import { BackLink } from "@/components/BackLink";
import { EmptyState } from "@/components/EmptyState";
import { Facts } from "@/components/Facts";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { PageHead } from "@/components/PageHead";
import { Panel } from "@/components/Panel";
import { moment, platform, relative } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { MonitorX } from "lucide-react";
import { DeviceLicences } from "./DeviceLicences";
import { ReadinessPanel } from "./ReadinessPanel";
import { SignOutDialog } from "./DeviceDialogs";
import { TimelinePanel } from "./TimelinePanel";
import classes from "./DevicesPage.module.css";

/** One computer: what it holds, releasing it, and what happened to its licences. */
export function DevicePage({ device: id, me }: { device: string; me: Me | null }) {
  const { t } = useTranslation();
  const devices = useDevices();
  const device = devices.data?.find((item) => item.device === id);
  return (
    <div className={classes.page}>
      <PageHead
        before={<BackLink to="/devices">{t("devices.title")}</BackLink>}
        title={device?.name ?? t("devices.device")}
        lead={device ? t("devices.deviceLead", { person: device.user_name }) : undefined}
        actions={device?.signed_in ? <SignOut device={device} /> : null}
      />
      {devices.isPending ? <Loading /> : null}
      {devices.error ? (
        <FailureNotice failure={devices.error} remedies={{ retry: () => void devices.refetch() }} />
      ) : null}
      {devices.data && !device ? (
        <EmptyState icon={MonitorX} title={t("devices.goneTitle")} text={t("devices.goneText")} />
      ) : null}
      {device ? <Whole device={device} admin={me?.permitted.includes("R8") ?? false} /> : null}
    </div>
  );
}

function Whole({ device, admin }: { device: Device; admin: boolean }) {
  const { t } = useTranslation();
  const now = useNow();
  const products = useProducts();
  const nameOf = (product: string) =>
    products.data?.find((item) => item.product === product)?.name ?? product;
  return (
    <>
      <Panel title={t("devices.about")}>
        <Facts
          facts={[
            { label: t("devices.person"), value: `${device.user_name} (${device.user_id})` },
            { label: t("devices.platform"), value: platform(device.platform) },
            { label: t("devices.known"), value: moment(device.registered_at) },
            {
              label: t("devices.lastSeen"),
              value: `${moment(device.last_seen_at)} (${relative(device.last_seen_at, now)})`,
            },
            {
              label: t("devices.session"),
              value: t(device.signed_in ? "devices.signedIn" : "devices.signedOut"),
            },
          ]}
        />
      </Panel>
      {admin ? <ReadinessPanel device={device.device} /> : null}
      <DeviceLicences device={device} nameOf={nameOf} />
      <TimelinePanel device={device.device} nameOf={nameOf} />
    </>
  );
}

function SignOut({ device }: { device: Device }) {
  const { t } = useTranslation();
  const act = useDeviceAct(device.device);
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<LogOut size={16} aria-hidden="true" />}
        onClick={() => setAsked(true)}
        data-testid="sign-out-device"
      >
        {t("devices.signOut")}
      </Button>
      <SignOutDialog
        name={device.name}
        opened={asked}
        pending={act.isPending}
        failure={act.error}
        onClose={() => setAsked(false)}
        onConfirm={() => act.mutate("sign_out", { onSuccess: () => setAsked(false) })}
      />
    </>
  );
}
