import { useState } from "react";
import { Button } from "@mantine/core";
import { Download, MonitorSmartphone, SearchX } from "lucide-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useDevices } from "@/api/devices";
import { useProducts } from "@/api/queries";
import type { DeviceFacts } from "@/api/readiness";
import { useFactsOfDevices } from "@/api/readiness-queries";
import type { Device, Me } from "@/api/types";
import { EmptyState } from "@/components/EmptyState";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { PageHead } from "@/components/PageHead";
import { StackTable } from "@/components/StackTable";
import { Tag } from "@/components/Tag";
import { saveText } from "@/lib/save";
import { moment, platform, relative } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { DeviceFilters } from "./DeviceFilters";
import { FitnessCell } from "./FitnessCell";
import { deviceTable } from "./device-table";
import { LicenceTag } from "./LicenceTag";
import { matches, type DeviceFilter } from "./readiness";
import classes from "./DevicesPage.module.css";

/** The computers on which somebody signed in: one's own, or all of the organisation for admins (S-50). */
export function DevicesPage({ me }: { me: Me | null }) {
  const { t } = useTranslation();
  const devices = useDevices();
  const forAll = me?.permitted.includes("R8") ?? false;
  const found = devices.data ?? [];
  return (
    <>
      <PageHead
        title={t("devices.title")}
        lead={t(forAll ? "devices.leadAll" : "devices.leadOwn")}
        actions={
          found.length > 0 ? (
            <Button
              variant="default"
              leftSection={<Download size={16} aria-hidden="true" />}
              onClick={() => saveText("devices.csv", "text/csv", deviceTable(found))}
              data-testid="export-devices"
            >
              {t("devices.export")}
            </Button>
          ) : null
        }
      />
      {devices.isPending ? <Loading /> : null}
      {devices.error ? (
        <FailureNotice failure={devices.error} remedies={{ retry: () => void devices.refetch() }} />
      ) : null}
      {devices.data?.length === 0 ? (
        <EmptyState icon={MonitorSmartphone} title={t("devices.emptyTitle")} text={t("devices.emptyText")} />
      ) : null}
      {found.length > 0 ? <Found devices={found} admin={forAll} /> : null}
    </>
  );
}

const everything: DeviceFilter = { text: "", fitness: "all" };

function Found({ devices, admin }: { devices: readonly Device[]; admin: boolean }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState(everything);
  const { on, setting, facts } = useFactsOfDevices(admin);
  const told = new Map(facts.data?.map((item) => [item.device, item]));
  const shown = devices.filter((device) => matches(device, told.get(device.device), filter));
  const failure = setting.error ?? facts.error;
  return (
    <div className={classes.page}>
      <DeviceFilters filter={filter} facts={on} onFilter={setFilter} />
      {failure ? <FailureNotice failure={failure} remedies={{ retry: () => void facts.refetch() }} /> : null}
      {shown.length > 0 ? (
        <DeviceTable devices={shown} people={admin} told={on ? told : null} />
      ) : (
        <EmptyState
          icon={SearchX}
          title={t("devices.noMatchTitle")}
          text={t("devices.noMatchText")}
          action={
            <Button variant="default" onClick={() => setFilter(everything)} data-testid="devices-show-all">
              {t("devices.showAll")}
            </Button>
          }
        />
      )}
    </div>
  );
}

interface DeviceTableProps {
  devices: readonly Device[];
  people: boolean;
  /** What they told, by device; none where nothing is collected. */
  told: ReadonlyMap<string, DeviceFacts> | null;
}

function DeviceTable({ devices, people, told }: DeviceTableProps) {
  const { t } = useTranslation();
  const readiness = {
    label: t("devices.fitness"),
    cell: (device: Device) => <FitnessCell told={told?.get(device.device)} />,
  };
  const person = { label: t("devices.person"), cell: (device: Device) => device.user_name };
  return (
    <StackTable
      caption={t("devices.title")}
      rows={devices.toSorted(byInterest)}
      keyOf={({ device }) => device}
      marked={({ this_device }) => this_device}
      columns={[
        { label: t("devices.name"), cell: (device) => <Name device={device} /> },
        ...(people ? [person] : []),
        { label: t("devices.installed"), cell: (device) => <Products device={device} /> },
        ...(told ? [readiness] : []),
      ]}
    />
  );
}

/** This computer first, then the one that was seen last. */
function byInterest(left: Device, right: Device): number {
  const here = Number(right.this_device) - Number(left.this_device);
  return here || right.last_seen_at.localeCompare(left.last_seen_at);
}

function Name({ device }: { device: Device }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <>
      <span className={classes.name}>
        <Link
          to="/devices/$device"
          params={{ device: device.device }}
          data-testid={`device-${device.device}`}
        >
          {device.name}
        </Link>
        {device.this_device ? <Tag tone="raised">{t("devices.thisDevice")}</Tag> : null}
      </span>
      <span className={classes.detail}>
        {platform(device.platform)} ·{" "}
        <span title={moment(device.last_seen_at)}>
          {t("devices.seen", { ago: relative(device.last_seen_at, now) })}
        </span>
        {device.signed_in ? null : ` · ${t("devices.signedOut")}`}
      </span>
    </>
  );
}

/** What is installed there, and how its licence stands. */
function Products({ device }: { device: Device }) {
  const { t } = useTranslation();
  const products = useProducts();
  const nameOf = (id: string) => products.data?.find(({ product }) => product === id)?.name ?? id;
  const licensed = new Set(device.licences.map(({ product }) => product));
  const versionOf = (id: string) => device.installations.find(({ product }) => product === id)?.version;
  const unlicensed = device.installations.filter(({ product }) => !licensed.has(product));
  if (device.licences.length + unlicensed.length === 0)
    return <span className={classes.detail}>{t("devices.nothing")}</span>;
  return (
    <ul className={classes.installed}>
      {device.licences.map((licence) => (
        <li key={licence.product}>
          {nameOf(licence.product)} <span className={classes.detail}>{versionOf(licence.product)}</span>{" "}
          <LicenceTag licence={licence} />
        </li>
      ))}
      {unlicensed.map(({ product, version }) => (
        <li key={product}>
          {nameOf(product)} <span className={classes.detail}>{version}</span>{" "}
          <Tag>{t("devices.noLicence")}</Tag>
        </li>
      ))}
    </ul>
  );
}
