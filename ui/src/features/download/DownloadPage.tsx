import { Button } from "@mantine/core";
import { useEffect } from "react";
import { CircleSlash } from "lucide-react";
import { useTranslation } from "react-i18next";
import { hasEnded, useFeed } from "@/api/feed";
import type { JobView } from "@/api/native.gen";
import { useProducts } from "@/api/queries";
import { BackLink } from "@/components/BackLink";
import { EmptyState } from "@/components/EmptyState";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { PageHead } from "@/components/PageHead";
import { ProductIcon } from "@/components/ProductIcon";
import { DownloadChoice } from "./DownloadChoice";
import { DownloadRun } from "./DownloadRun";
import { Downloaded } from "./Downloaded";
import classes from "./DownloadPage.module.css";

interface DownloadPageProps {
  product: string;
  /** The job to show, from the address; without one the unfinished download of the product, or a new choice. */
  job: string | null;
  onJob: (job: string | null) => void;
}

/** From the choice of a release to its folder, on one address (S-115). */
export function DownloadPage({ product, job, onJob }: DownloadPageProps) {
  const { t } = useTranslation();
  const products = useProducts();
  const entitlement = products.data?.find((item) => item.product === product) ?? null;
  const { shown, ready } = useShownDownload(product, job);
  useEffect(() => {
    if (job === null && shown) onJob(shown.id); // so that its end is seen here, too
  }, [job, shown, onJob]);
  const name = entitlement?.name ?? shown?.name ?? product;
  const waits = !ready || (!shown && products.isPending);
  return (
    <div className={classes.page}>
      <PageHead
        before={<BackLink to="/products">{t("products.title")}</BackLink>}
        icon={<ProductIcon id={product} name={name} size={48} />}
        title={t("download.title", { name })}
        lead={t("download.lead")}
      />
      {waits ? <Loading /> : null}
      {!waits && shown ? <Shown job={shown} onAgain={() => onJob(null)} /> : null}
      {!waits && !shown && products.error ? (
        <FailureNotice failure={products.error} remedies={{ retry: () => void products.refetch() }} />
      ) : null}
      {!waits && !shown && !products.error ? (
        <DownloadChoice product={product} entitlement={entitlement} onStarted={onJob} />
      ) : null}
    </div>
  );
}

function useShownDownload(
  product: string,
  job: string | null,
): { shown: JobView | undefined; ready: boolean } {
  const { jobs, ready } = useFeed();
  const downloads = jobs.filter((item) => item.product === product && item.kind === "download");
  const asked = job === null ? undefined : downloads.find(({ id }) => id === job);
  return { shown: asked ?? downloads.find((item) => !hasEnded(item)), ready };
}

function Shown({ job, onAgain }: { job: JobView; onAgain: () => void }) {
  const { t } = useTranslation();
  if (job.state === "done") return <Downloaded job={job} onAgain={onAgain} />;
  if (job.state !== "cancelled") return <DownloadRun job={job} />;
  return (
    <EmptyState
      icon={CircleSlash}
      title={t("install.cancelledTitle")}
      text={t("download.cancelledText", { name: job.name })}
      action={<Button onClick={onAgain}>{t("download.startOver")}</Button>}
    />
  );
}
