import { useUninstall } from "@/api/actions";
import type { InstalledView } from "@/api/native.gen";
import { useOwnSettings } from "@/api/queries";
import { UninstallDialog } from "@/components/UninstallDialog";

interface UninstallProps {
  installed: InstalledView;
  opened: boolean;
  onClose: () => void;
}

/** Removing a product, from its own page. */
export function Uninstall({ installed, opened, onClose }: UninstallProps) {
  const uninstall = useUninstall(installed.product);
  const settings = useOwnSettings(installed.product, opened);
  return (
    <UninstallDialog
      product={installed}
      settings={settings.data ?? []}
      unknown={settings.error}
      onAskAgain={() => void settings.refetch()}
      pending={uninstall.isPending}
      failure={uninstall.error}
      opened={opened}
      onClose={onClose}
      onUninstall={(fate) => uninstall.mutate(fate, { onSuccess: onClose })}
    />
  );
}
