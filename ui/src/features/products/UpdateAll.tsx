import { useState } from "react";
import { Button } from "@mantine/core";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { EverythingView } from "@/api/native.gen";
import { useEverything } from "@/api/updates";
import { FailureNotice } from "@/components/FailureNotice";
import { Notice } from "@/components/Notice";
import { bytes } from "@/lib/format";
import { UpdateAllDialog } from "./UpdateAllDialog";

/** Says what is newer than what is installed, and leads to installing all of it. */
export function UpdateAll() {
  const everything = useEverything();
  const [listed, setListed] = useState<EverythingView | null>(null);
  const { data } = everything;
  // That there is no network is said by the page already.
  if (everything.error && everything.error.code !== "offline") {
    return <FailureNotice failure={everything.error} remedies={{ retry: () => void everything.refetch() }} />;
  }
  return (
    <>
      {data && data.updates.length + data.passed_over.length > 0 ? (
        <Found found={data} onOpen={() => setListed(data)} />
      ) : null}
      {/* What somebody says yes to is what they read, whatever is found meanwhile. */}
      {listed ? <UpdateAllDialog everything={listed} onClose={() => setListed(null)} /> : null}
    </>
  );
}

function Found({ found, onOpen }: { found: EverythingView; onOpen: () => void }) {
  const { t } = useTranslation();
  const [ready, waiting] = [found.updates.length, found.passed_over.length];
  const title =
    ready > 0
      ? t("updates.ready", { count: ready, size: bytes(found.fetch_bytes) })
      : t("updates.waiting", { count: waiting });
  return (
    <Notice
      tone="info"
      title={title}
      action={
        <Button
          size="xs"
          variant={ready > 0 ? "filled" : "default"}
          leftSection={ready > 0 ? <Download size={16} /> : null}
          data-testid="update-all"
          onClick={onOpen}
        >
          {ready > 0 ? t("updates.all", { count: ready }) : t("updates.see")}
        </Button>
      }
    >
      {ready > 0 && waiting > 0 ? t("updates.alsoWaiting", { count: waiting }) : null}
    </Notice>
  );
}
