import type { PlanView } from "@/api/native.gen";
import type { World } from "./world";

/** A world where a product needs another one. */
export const needing = (world: World): World => ({
  ...world,
  plan: (product, options) => withNeeded(world.plan(product, options)),
});

/** A plan where another product has to be installed first, which has terms of its own. */
function withNeeded(alone: PlanView): PlanView {
  const fonts = {
    product: "sample-fonts",
    name: "Sample Fonts",
    publisher: "Sample Vendor",
    version: "3.2.0",
    folder: "/home/uma/.local/share/toolcrib/apps/sample-fonts",
    fetch_bytes: 7_200_000,
    installed_bytes: 18_500_000,
  };
  const own = {
    id: "licence",
    title: "Font Licence",
    version: "1",
    body: "Print what you like.",
    needed: fonts.name,
  };
  return {
    ...alone,
    needed: [fonts],
    texts: [...alone.texts, own],
    fetch_bytes: alone.fetch_bytes + fonts.fetch_bytes,
    installed_bytes: alone.installed_bytes + fonts.installed_bytes,
    peak_bytes: alone.peak_bytes + fonts.installed_bytes,
  };
}
