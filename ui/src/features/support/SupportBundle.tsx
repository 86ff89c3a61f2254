import { Button } from "@mantine/core";
import { FileArchive } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSupportBundle } from "@/api/licence-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Panel } from "@/components/Panel";
import { PathText } from "@/components/PathText";

/** One file for whoever helps. */
export function SupportBundle() {
  const { t } = useTranslation();
  const bundle = useSupportBundle();
  return (
    <Panel
      title={t("connection.bundle")}
      lead={t("connection.bundleLead")}
      aside={
        <Button
          size="xs"
          variant="default"
          leftSection={<FileArchive size={14} />}
          loading={bundle.isPending}
          data-testid="make-bundle"
          onClick={() => bundle.mutate()}
        >
          {t("connection.makeBundle")}
        </Button>
      }
    >
      {bundle.error ? <FailureNotice failure={bundle.error} /> : null}
      {bundle.data ? (
        <>
          <p data-testid="bundle-made">
            {t("connection.bundleMade")} <PathText path={bundle.data.file} />
          </p>
          <p>{t("connection.bundleHolds", { names: bundle.data.names.join(", ") })}</p>
        </>
      ) : null}
    </Panel>
  );
}
