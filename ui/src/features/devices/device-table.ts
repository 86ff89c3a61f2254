import type { Device } from "@/api/types";
import { csv } from "@/lib/csv";

const head = [
  "computer",
  "person",
  "user_id",
  "system",
  "product",
  "version",
  "licence",
  "works_until",
  "last_seen",
];

/** The computers as a table for spreadsheets: a row for each product on each of them (S-50). */
export function deviceTable(devices: readonly Device[]): string {
  return csv([head, ...devices.flatMap(rows)]);
}

function rows(device: Device): string[][] {
  const products = new Set([
    ...device.installations.map(({ product }) => product),
    ...device.licences.map(({ product }) => product),
  ]);
  const row = (product: string) => {
    const licence = device.licences.find((item) => item.product === product);
    const installed = device.installations.find((item) => item.product === product);
    return [
      device.name,
      device.user_name,
      device.user_id,
      device.platform,
      product,
      installed?.version ?? "",
      licence?.state ?? "",
      licence?.works_until ?? "",
      device.last_seen_at,
    ];
  };
  return products.size === 0 ? [row("")] : [...products].toSorted().map(row);
}
