import { useState } from "react";
import { Button } from "@mantine/core";
import { BadgeCheck, ShieldQuestion } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useHost } from "@/api/context";
import { useFeed, useInstalled } from "@/api/feed";
import type { InstalledView, LicenceView } from "@/api/native.gen";
import { useLicence } from "@/api/queries";
import type { Me } from "@/api/types";
import { Administrators } from "@/components/Administrators";
import { BackLink } from "@/components/BackLink";
import { EmptyState } from "@/components/EmptyState";
import { FailureNotice } from "@/components/FailureNotice";
import { PageHead } from "@/components/PageHead";
import { Panel } from "@/components/Panel";
import { ProductIcon } from "@/components/ProductIcon";
import { OfflinePanel } from "./OfflinePanel";
import { LicenceTimeline } from "./LicenceTimeline";
import { LicenceInformation } from "./LicenceInformation";
import { LicenceDates } from "./LicenceDates";
import { SerialPanel } from "./SerialPanel";
import { Standing } from "./Standing";
import { TakeOffline } from "./TakeOffline";
import { VerifyDialog } from "./VerifyDialog";
import { Loading } from "@/components/Loading";
import classes from "./LicencePage.module.css";

/** Whether a product may run, until when, for whom, and why. */
export function LicencePage({ product, me }: { product: string; me: Me | null }) {
  const { t } = useTranslation();
  const { host } = useHost();
  const { ready } = useFeed();
  const installed = useInstalled(product);
  const name = installed?.name ?? product;
  return (
    <div className={classes.page}>
      <PageHead
        before={<BackLink to="/products">{t("products.title")}</BackLink>}
        icon={<ProductIcon id={product} name={name} size={48} />}
        title={`${name}: ${t("licence.title")}`}
        lead={installed ? t("common.version", { version: installed.version }) : undefined}
      />
      {host.kind === "browser" ? (
        <EmptyState
          icon={BadgeCheck}
          title={t("licence.browserTitle")}
          text={t("licence.browserText", { name })}
        />
      ) : null}
      {host.native && !ready ? <Loading /> : null}
      {host.native && ready && !installed ? (
        <EmptyState
          icon={ShieldQuestion}
          title={t("licence.notInstalledTitle", { name })}
          text={t("licence.notInstalledText")}
        />
      ) : null}
      {installed ? <Body installed={installed} me={me} /> : null}
    </div>
  );
}

function Body({ installed, me }: { installed: InstalledView; me: Me | null }) {
  const { t } = useTranslation();
  const [verifying, setVerifying] = useState(false);
  const fresh = useLicence(installed.product, installed.licence.verify_by);
  const licence: LicenceView = fresh.data ?? installed.licence;
  return (
    <>
      <Panel className={classes.top}>
        <Standing licence={licence} />
        <Button data-testid="verify-licence" onClick={() => setVerifying(true)}>
          {t("licence.verifyNow")}
        </Button>
      </Panel>
      {fresh.error ? (
        <FailureNotice failure={fresh.error} remedies={{ retry: () => void fresh.refetch() }} />
      ) : null}
      <div className={classes.columns}>
        <div className={classes.column}>
          <Panel title={t("licence.dates")}>
            <LicenceDates licence={licence} />
          </Panel>
          <LicenceTimeline product={installed.product} />
        </div>
        <div className={classes.column}>
          <LicenceInformation installed={installed} licence={licence} />
          <SerialPanel product={installed.product} />
          {licence.user_id ? <TakeOffline product={installed.product} licence={licence} /> : null}
          {me && !licence.may_run ? <Administrators people={me.administrators} self={me.user_id} /> : null}
        </div>
      </div>
      <OfflinePanel product={installed.product} licence={licence} />
      <VerifyDialog
        product={installed.product}
        name={installed.name}
        user={licence.user_id}
        opened={verifying}
        onClose={() => setVerifying(false)}
      />
    </>
  );
}
