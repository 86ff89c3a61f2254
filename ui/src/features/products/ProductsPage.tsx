import { CloseButton, TextInput } from "@mantine/core";
import { PackageOpen, Search, SearchX } from "lucide-react";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFeed } from "@/api/feed";
import { useProducts } from "@/api/queries";
import type { Me } from "@/api/types";
import { Administrators } from "@/components/Administrators";
import { EmptyState } from "@/components/EmptyState";
import { FailureNotice } from "@/components/FailureNotice";
import { PageHead } from "@/components/PageHead";
import { ProductDrawer } from "./ProductDrawer";
import { ProductTile } from "./ProductTile";
import { UpdateAll } from "./UpdateAll";
import { grantedTiles, installedOnlyTiles, matches, type TileSubject } from "./tile";
import { Loading } from "@/components/Loading";
import classes from "./ProductsPage.module.css";

interface ProductsPageProps {
  me: Me | null;
  /** The search, from the address. */
  query: string;
  onQuery: (query: string) => void;
  /** The product whose details are open, from the address. */
  details: string | null;
  onDetails: (product: string | null) => void;
}

/** What the person may have, and what is installed (S-46 to S-53). */
export function ProductsPage({ me, query, onQuery, details, onDetails }: ProductsPageProps) {
  const { t } = useTranslation();
  const products = useProducts();
  const { installed } = useFeed();
  const items = products.data ?? [];
  const granted = grantedTiles(items, installed);
  const others = products.isPending ? [] : installedOnlyTiles(items, installed);
  const found = granted.filter((tile) => matches(tile, query));
  const open = [...granted, ...others].find(({ product }) => product === details) ?? null;
  const nothingToShow = items.length + others.length === 0;
  const failure = products.error?.code !== "offline" || nothingToShow ? products.error : null;
  return (
    <>
      <PageHead
        title={t("products.title")}
        lead={me ? t("products.lead", { organisation: me.organisation_name }) : t("products.leadPlain")}
        actions={granted.length > 0 ? <SearchField query={query} onQuery={onQuery} /> : null}
      />
      <div className={classes.columns}>
        <div className={classes.tiles}>
          {products.isPending ? <Loading /> : null}
          {failure ? (
            <FailureNotice failure={failure} remedies={{ retry: () => void products.refetch() }} />
          ) : null}
          {products.data && granted.length === 0 ? (
            <EmptyState icon={PackageOpen} title={t("products.emptyTitle")} text={t("products.emptyText")} />
          ) : null}
          {granted.length > 0 && found.length === 0 ? (
            <EmptyState
              icon={SearchX}
              title={t("products.noMatchTitle", { query })}
              text={t("products.noMatchText")}
              action={
                <Button variant="default" onClick={() => onQuery("")}>
                  {t("products.clearSearch")}
                </Button>
              }
            />
          ) : null}
          <UpdateAll />
          <TileGrid tiles={found} onDetails={onDetails} />
          {others.length > 0 ? <h2 className={classes.heading}>{t("products.installedTitle")}</h2> : null}
          <TileGrid tiles={others} onDetails={onDetails} />
        </div>
        {me ? (
          <div className={classes.aside}>
            <Administrators people={me.administrators} self={me.user_id} />
          </div>
        ) : null}
      </div>
      <ProductDrawer subject={open} onClose={() => onDetails(null)} />
    </>
  );
}

function SearchField({ query, onQuery }: Pick<ProductsPageProps, "query" | "onQuery">) {
  const { t } = useTranslation();
  return (
    <TextInput
      className={classes.search}
      aria-label={t("products.search")}
      placeholder={t("products.search")}
      leftSection={<Search size={16} aria-hidden="true" />}
      rightSection={
        query ? (
          <CloseButton size="sm" aria-label={t("products.clearSearch")} onClick={() => onQuery("")} />
        ) : null
      }
      value={query}
      onChange={(event) => onQuery(event.currentTarget.value)}
    />
  );
}

function TileGrid({
  tiles,
  onDetails,
}: {
  tiles: readonly TileSubject[];
  onDetails: (product: string) => void;
}) {
  if (tiles.length === 0) return null;
  return (
    <ul className={classes.grid}>
      {tiles.map((tile) => (
        <li key={tile.product}>
          <ProductTile subject={tile} onDetails={() => onDetails(tile.product)} />
        </li>
      ))}
    </ul>
  );
}
