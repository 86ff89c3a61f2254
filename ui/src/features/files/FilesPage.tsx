import { PackageX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { usePackageFiles } from "@/api/package-files";
import { useProducts } from "@/api/queries";
import type { ProductEntitlement, ReleaseOffer } from "@/api/types";
import { BackLink } from "@/components/BackLink";
import { EmptyState } from "@/components/EmptyState";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { PageHead } from "@/components/PageHead";
import { ProductIcon } from "@/components/ProductIcon";
import { packageFor, type Wish } from "@/lib/releases";
import { platformOf } from "./choice";
import { FileList } from "./FileList";
import { ReleaseChoice } from "./ReleaseChoice";
import { Steps } from "./Steps";
import classes from "./FilesPage.module.css";

interface FilesPageProps {
  product: string;
  /** Which release is asked for, from the address. */
  wish: Wish;
  onWish: (wish: Wish) => void;
}

/** Browser Download (S-115): a release as plain files, with scripts that fetch them all. */
export function FilesPage({ product, wish, onWish }: FilesPageProps) {
  const { t } = useTranslation();
  const products = useProducts();
  const entitlement = products.data?.find((item) => item.product === product) ?? null;
  const offer = entitlement ? packageFor(entitlement, wish, platformOf(navigator.userAgent)) : undefined;
  const name = entitlement?.name ?? product;
  return (
    <div className={classes.page}>
      <PageHead
        before={<BackLink to="/products">{t("products.title")}</BackLink>}
        icon={<ProductIcon id={product} name={name} size={48} />}
        title={t("files.title", { name })}
        lead={t("files.lead")}
      />
      {products.isPending ? <Loading /> : null}
      {products.error ? (
        <FailureNotice failure={products.error} remedies={{ retry: () => void products.refetch() }} />
      ) : null}
      {products.data && !offer ? (
        <EmptyState
          icon={PackageX}
          title={t("files.nothingTitle")}
          text={t(entitlement ? "files.nothing" : "files.unknown")}
        />
      ) : null}
      {entitlement && offer ? <Release entitlement={entitlement} offer={offer} onWish={onWish} /> : null}
    </div>
  );
}

interface ReleaseProps {
  entitlement: ProductEntitlement;
  offer: ReleaseOffer;
  onWish: (wish: Wish) => void;
}

function Release({ entitlement, offer, onWish }: ReleaseProps) {
  const { product } = entitlement;
  const { version, platform, language } = offer;
  const files = usePackageFiles({ product, version, platform, language });
  const renew = () => void files.refetch();
  return (
    <div className={classes.stack}>
      <ReleaseChoice entitlement={entitlement} offer={offer} files={files.data} onWish={onWish} />
      {files.isPending ? <Loading /> : null}
      {files.error ? <FailureNotice failure={files.error} remedies={{ retry: renew }} /> : null}
      {files.data && !files.error ? (
        <>
          <Steps files={files.data} />
          <FileList files={files.data} renewing={files.isFetching} onRenew={renew} />
        </>
      ) : null}
    </div>
  );
}
