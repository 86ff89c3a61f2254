import { useState } from "react";
import { useUninstall } from "./actions";
import { hasEnded, useFeed } from "./feed";
import type { InstalledView } from "./native.gen";
import { useRemoval } from "./queries";

/**
 * The dialog that removes a product: what it asks, does, and says in the end. The product is kept as it was when it was
 * opened, because it is gone by then. What stays is looked for once it is open.
 */
export function useUninstalling(installed: InstalledView | null | undefined) {
  const [product, setProduct] = useState<InstalledView | null>(null);
  const id = product?.product ?? installed?.product ?? "";
  const plan = useRemoval(id, product !== null);
  const uninstall = useUninstall(id);
  const begun = uninstall.data?.id;
  const job = useFeed().jobs.find((one) => one.id === begun) ?? uninstall.data ?? null;
  const close = () => {
    setProduct(null);
    uninstall.reset();
  };
  const dialog = {
    opened: true,
    onClose: close,
    plan: plan.data ?? null,
    unknown: plan.error,
    onAskAgain: () => void plan.refetch(),
    pending: uninstall.isPending || (job !== null && !hasEnded(job)),
    waits: job?.state === "waiting" ? job.reason : null,
    failure: uninstall.error ?? job?.failure ?? null,
    left: job?.state === "done" ? (job.left ?? null) : null,
    onUninstall: (fates: Parameters<typeof uninstall.mutate>[0]) => uninstall.mutate(fates),
  };
  return {
    open: () => setProduct(installed ?? null),
    dialog: product === null ? null : { product, ...dialog },
  };
}
