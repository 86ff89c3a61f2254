import { Drawer, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useHost } from "@/api/context";
import { useActiveJob } from "@/api/feed";
import type { ProductEntitlement } from "@/api/types";
import { EndDate } from "@/components/EndDate";
import { Facts } from "@/components/Facts";
import { LockedVersions } from "@/components/LockedVersions";
import { ProductIcon } from "@/components/ProductIcon";
import { StackTable } from "@/components/StackTable";
import { WithdrawnVersions } from "@/components/WithdrawnVersions";
import { bytes, language, platform } from "@/lib/format";
import { SerialNumber } from "@/components/SerialNumber";
import { WayButton } from "./WayButton";
import type { TileSubject } from "./tile";
import classes from "./ProductDrawer.module.css";

/** All details of a product (S-51). What a person may not see is not in the answer of the service. */
export function ProductDrawer({ subject, onClose }: { subject: TileSubject | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={subject !== null}
      onClose={onClose}
      position="right"
      size="30rem"
      title={
        subject ? (
          <span className={classes.title}>
            <ProductIcon id={subject.product} name={subject.name} size={32} />
            {subject.name}
          </span>
        ) : null
      }
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {subject ? <Body subject={subject} /> : null}
    </Drawer>
  );
}

function Body({ subject }: { subject: TileSubject }) {
  const { t } = useTranslation();
  const { host } = useHost();
  const job = useActiveJob(subject.product);
  const { entitlement, installed } = subject;
  return (
    <Stack gap="lg">
      {subject.summary ? <p className={classes.summary}>{subject.summary}</p> : null}
      {host.native && entitlement && !installed && !job ? (
        <WayButton
          product={subject.product}
          name={subject.name}
          usual={entitlement.default_action}
          disabled={!entitlement.version}
          place="drawer"
        />
      ) : null}
      {entitlement ? <Grounds entitlement={entitlement} /> : null}
      {entitlement ? (
        <section aria-label={t("products.drawer.releases")}>
          <h3 className={classes.heading}>{t("products.drawer.releases")}</h3>
          <Releases releases={entitlement.releases} />
          <WithdrawnVersions entitlement={entitlement} />
          <LockedVersions entitlement={entitlement} className={classes.none} />
        </section>
      ) : null}
    </Stack>
  );
}

function Grounds({ entitlement }: { entitlement: ProductEntitlement }) {
  const { t } = useTranslation();
  const { seats, serial, support } = entitlement;
  return (
    <Facts
      facts={[
        { label: t("products.drawer.publisher"), value: entitlement.publisher },
        {
          label: t("products.drawer.product"),
          value: <code className={classes.code}>{entitlement.product}</code>,
        },
        { label: t("products.drawer.stable"), value: entitlement.version },
        { label: t("products.drawer.contract"), value: entitlement.contract_number },
        { label: t("products.drawer.contractEnds"), value: <EndDate at={entitlement.ends_at} /> },
        { label: t("products.drawer.support"), value: support ? t(`common.supportLevel.${support}`) : null },
        {
          label: t("products.drawer.seat"),
          value: t(entitlement.seat_assigned ? "products.drawer.seatYes" : "products.drawer.seatNo"),
        },
        { label: t("products.drawer.seats"), value: seats ? t("products.seatsUsed", { ...seats }) : null },
        { label: t("products.drawer.serial"), value: serial ? <SerialNumber serial={serial} /> : null },
      ]}
    />
  );
}

function Releases({ releases }: Pick<ProductEntitlement, "releases">) {
  const { t } = useTranslation();
  if (releases.length === 0) return <p className={classes.none}>{t("products.drawer.releasesNone")}</p>;
  return (
    <StackTable
      bare
      compact
      caption={t("products.drawer.releases")}
      rows={releases}
      keyOf={(release) => `${release.version} ${release.platform} ${release.language}`}
      columns={[
        { label: t("products.drawer.releaseVersion"), cell: ({ version }) => <b>{version}</b> },
        { label: t("products.drawer.releasePlatform"), cell: (release) => platform(release.platform) },
        { label: t("products.drawer.releaseLanguage"), cell: (release) => language(release.language) },
        {
          label: t("products.drawer.releaseDownload"),
          cell: ({ stored_bytes }) => bytes(stored_bytes),
          numeric: true,
        },
        {
          label: t("products.drawer.releaseDisk"),
          cell: ({ installed_bytes }) => bytes(installed_bytes),
          numeric: true,
        },
      ]}
    />
  );
}
