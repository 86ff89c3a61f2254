import { useUninstall } from "./actions";
import { useOwnSettings } from "./queries";

/** What the dialog that removes a product asks and does. The person's settings are looked for once it is open. */
export function useUninstalling(product: string, opened: boolean, onClose: () => void) {
  const uninstall = useUninstall(product);
  const settings = useOwnSettings(product, opened);
  return {
    opened,
    onClose,
    settings: settings.data ?? [],
    unknown: settings.error,
    onAskAgain: () => void settings.refetch(),
    pending: uninstall.isPending,
    failure: uninstall.error,
    onUninstall: (fate: Parameters<typeof uninstall.mutate>[0]) =>
      uninstall.mutate(fate, { onSuccess: onClose }),
  };
}
