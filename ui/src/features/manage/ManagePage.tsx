import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { PackageX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useActiveJob, useFeed, useInstalled } from "@/api/feed";
import type { InstalledView } from "@/api/native.gen";
import { useWayOut } from "@/api/offers";
import { useRestart } from "@/api/restart";
import { useUninstalling } from "@/api/uninstall";
import { BackLink } from "@/components/BackLink";
import { EmptyState } from "@/components/EmptyState";
import { Loading } from "@/components/Loading";
import { PageHead } from "@/components/PageHead";
import { RestartNotice } from "@/components/RestartNotice";
import { ProductIcon } from "@/components/ProductIcon";
import { UninstallDialog } from "@/components/UninstallDialog";
import { WithdrawnNotice } from "@/components/WithdrawnNotice";
import { ComponentsPanel } from "./ComponentsPanel";
import { FilesPanel } from "./FilesPanel";
import { JobNotice } from "./JobNotice";
import { PlacePanel } from "./PlacePanel";
import { ReleasesPanel } from "./ReleasesPanel";
import { UpdatePanel } from "./UpdatePanel";
import classes from "./ManagePage.module.css";

/** What is installed of a product, and everything that can be done with it. */
export function ManagePage({ product }: { product: string }) {
  const { ready } = useFeed();
  const installed = useInstalled(product);
  const removal = useUninstalling(installed);
  if (!ready) return <Loading />;
  return (
    <>
      {installed ? (
        <Managed installed={installed} onUninstall={removal.open} />
      ) : (
        <NotInstalled product={product} />
      )}
      {removal.dialog ? <UninstallDialog {...removal.dialog} /> : null}
    </>
  );
}

function Managed({ installed, onUninstall }: { installed: InstalledView; onUninstall: () => void }) {
  const { t } = useTranslation();
  const job = useActiveJob(installed.product);
  const restart = useRestart();
  const wayOut = useWayOut(installed.product);
  return (
    <div className={classes.page} data-testid="manage">
      <PageHead
        before={<BackLink to="/products">{t("products.title")}</BackLink>}
        icon={<ProductIcon id={installed.product} name={installed.name} size={48} />}
        title={installed.name}
        lead={t("manage.lead", { version: installed.version, publisher: installed.publisher })}
      />
      {installed.restart_pending ? <RestartNotice act={restart} onRestart={() => restart.mutate()} /> : null}
      <WithdrawnNotice installed={installed} wayOut={wayOut} busy={job !== undefined} />
      {job ? <JobNotice job={job} /> : null}
      <div className={classes.panels}>
        <div className={classes.column}>
          <UpdatePanel installed={installed} busy={job !== undefined} />
          <ReleasesPanel installed={installed} busy={job !== undefined} />
          <FilesPanel installed={installed} busy={job !== undefined} />
        </div>
        <div className={classes.column}>
          <PlacePanel installed={installed} busy={job !== undefined} onUninstall={onUninstall} />
          <ComponentsPanel installed={installed} />
        </div>
      </div>
    </div>
  );
}

function NotInstalled({ product }: { product: string }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      level={1}
      icon={PackageX}
      title={t("manage.absentTitle")}
      text={t("manage.absentText")}
      action={
        <Button
          renderRoot={(props) => <Link to="/products/$product/install" params={{ product }} {...props} />}
        >
          {t("products.install")}
        </Button>
      }
    />
  );
}
