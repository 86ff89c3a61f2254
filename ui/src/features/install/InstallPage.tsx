import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useHost } from "@/api/context";
import { hasEnded, useFeed } from "@/api/feed";
import type { JobView } from "@/api/native.gen";
import { useHandOver } from "@/api/hand-over";
import { useProducts } from "@/api/queries";
import { BackLink } from "@/components/BackLink";
import { InstallNow } from "@/components/InstallNow";
import { Notice } from "@/components/Notice";
import { PageHead } from "@/components/PageHead";
import { ProductIcon } from "@/components/ProductIcon";
import { InstallPlan } from "./InstallPlan";
import { InstallRun } from "./InstallRun";
import { Loading } from "@/components/Loading";
import classes from "./InstallPage.module.css";

interface InstallPageProps {
  product: string;
  /** The job to show, from the address; without one the unfinished job of the product, or a new plan. */
  job: string | null;
  /** The version to begin with; the recommended one without it. */
  version: string | null;
  /** The language to begin with; the usual one without it. */
  language: string | null;
  /** The download on this computer to install from, if any. */
  from: string | null;
  /** Whether it begins with taking over what something else installed. */
  takingOver: boolean;
  onJob: (job: string | null) => void;
  onFinish: () => void;
}

/** From the choice of components to the installed product, on one address. */
export function InstallPage({
  product,
  job,
  version,
  language,
  from,
  takingOver,
  onJob,
  onFinish,
}: InstallPageProps) {
  const { t } = useTranslation();
  const { host } = useHost();
  const products = useProducts();
  const entitlement = products.data?.find((item) => item.product === product) ?? null;
  const { shown, ready } = useShownJob(product, job);
  useEffect(() => {
    if (job === null && shown) onJob(shown.id); // so that its end is seen here, too
  }, [job, shown, onJob]);
  const name = entitlement?.name ?? shown?.name ?? product;
  return (
    <div className={classes.page}>
      <PageHead
        before={<BackLink to="/products">{t("products.title")}</BackLink>}
        icon={<ProductIcon id={product} name={name} size={48} />}
        title={t("install.title", { name })}
        lead={entitlement?.publisher}
      />
      {host.kind === "browser" ? (
        <ElsewhereNotice product={product} name={name} version={version ?? entitlement?.version ?? null} />
      ) : null}
      {host.native && !ready ? <Loading /> : null}
      {host.native && ready && shown ? (
        <InstallRun job={shown} onFinish={onFinish} onAgain={() => onJob(null)} />
      ) : null}
      {host.native && ready && !shown ? (
        <InstallPlan
          product={product}
          entitlement={entitlement}
          version={version}
          language={language}
          from={from}
          takingOver={takingOver}
          onStarted={onJob}
        />
      ) : null}
    </div>
  );
}

function useShownJob(product: string, job: string | null): { shown: JobView | undefined; ready: boolean } {
  const { jobs, ready } = useFeed();
  const installs = jobs.filter((item) => item.product === product && isInstall(item.kind));
  const asked = job === null ? undefined : installs.find(({ id }) => id === job);
  return { shown: asked ?? installs.find((item) => !hasEnded(item)), ready };
}

function isInstall(kind: JobView["kind"]): boolean {
  return kind === "install" || kind === "update";
}

function ElsewhereNotice(asked: { product: string; name: string; version: string | null }) {
  const { t } = useTranslation();
  const handOver = useHandOver(asked);
  return (
    <Notice tone="info" title={t("install.browserTitle", { name: asked.name })}>
      <p>{t("install.browserText")}</p>
      <div className={classes.elsewhere}>
        <InstallNow {...asked} {...handOver} />
      </div>
    </Notice>
  );
}
