import type { InstalledView } from "@/api/native.gen";
import type { ProductEntitlement } from "@/api/types";

/** What a tile stands for: something granted, something installed, or both. */
export interface TileSubject {
  readonly product: string;
  readonly name: string;
  readonly publisher: string;
  readonly summary: string;
  readonly entitlement: ProductEntitlement | null;
  readonly installed: InstalledView | null;
}

/** The tiles of what was granted; what is installed is put to it. */
export function grantedTiles(
  products: readonly ProductEntitlement[],
  installed: readonly InstalledView[],
): TileSubject[] {
  return products.map((entitlement) => ({
    product: entitlement.product,
    name: entitlement.name,
    publisher: entitlement.publisher,
    summary: entitlement.summary,
    entitlement,
    installed: installed.find(({ product }) => product === entitlement.product) ?? null,
  }));
}

/** The tiles of what is installed but not, or not known to be, granted. */
export function installedOnlyTiles(
  products: readonly ProductEntitlement[],
  installed: readonly InstalledView[],
): TileSubject[] {
  const granted = new Set(products.map(({ product }) => product));
  return installed
    .filter(({ product }) => !granted.has(product))
    .map((item) => ({
      product: item.product,
      name: item.name,
      publisher: item.publisher,
      summary: "",
      entitlement: null,
      installed: item,
    }));
}

/** Whether a tile has all words of a search. */
export function matches(tile: TileSubject, query: string): boolean {
  const text = [tile.name, tile.publisher, tile.summary, tile.product].join(" ").toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
