import { useState } from "react";
import { Button, Group, NativeSelect } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { FolderDown, PackageX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useDownload } from "@/api/actions";
import { useApp } from "@/api/queries";
import type { ProductEntitlement } from "@/api/types";
import { EmptyState } from "@/components/EmptyState";
import { FailureNotice } from "@/components/FailureNotice";
import { Panel } from "@/components/Panel";
import { bytes, language } from "@/lib/format";
import { languagesOf, offersFor, versionsOf } from "@/lib/releases";
import classes from "./DownloadPage.module.css";

interface DownloadChoiceProps {
  product: string;
  entitlement: ProductEntitlement | null;
  onStarted: (job: string) => void;
}

/** Which release is fetched, and how large it is. Where to is for the client to say. */
export function DownloadChoice({ product, entitlement, onStarted }: DownloadChoiceProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const download = useDownload(product);
  const { offers, offer, choose } = useOffer(entitlement);
  if (!offer) {
    return <EmptyState icon={PackageX} title={t("products.noRelease")} text={t("download.nothing")} />;
  }
  const { version } = offer;
  const start = (metered: boolean) =>
    download.mutate(
      { version, language: offer.language, metered },
      { onSuccess: (job) => onStarted(job.id) },
    );
  return (
    <Panel>
      <div className={classes.stack}>
        <Group gap="md" align="flex-end">
          <NativeSelect
            label={t("install.version")}
            data-testid="download-version"
            value={version}
            onChange={(event) => choose({ version: event.currentTarget.value, language: null })}
            data={versionsOf(offers).map((value) => ({
              value,
              label: value === entitlement?.version ? t("install.stable", { version: value }) : value,
            }))}
          />
          <NativeSelect
            label={t("install.language")}
            data-testid="download-language"
            value={offer.language}
            onChange={(event) => choose({ version, language: event.currentTarget.value })}
            data={languagesOf(offers, version).map((value) => ({ value, label: language(value) }))}
          />
        </Group>
        <p className={classes.note} data-testid="download-size">
          {t("download.size", { size: bytes(offer.stored_bytes) })} {t("download.place")}
        </p>
        {download.error ? (
          <FailureNotice
            failure={download.error}
            remedies={{
              retry: () => start(false),
              agree: () => start(true),
              show_jobs: () => void navigate({ to: "/jobs" }),
            }}
          />
        ) : null}
        <Group>
          <Button
            leftSection={<FolderDown size={16} />}
            data-testid="download-start"
            loading={download.isPending}
            onClick={() => start(false)}
          >
            {t("products.way.download_now.title")}
          </Button>
        </Group>
      </div>
    </Panel>
  );
}

interface Chosen {
  readonly version: string | null;
  readonly language: string | null;
}

/** The release that is chosen: the recommended one in the first language until the person says otherwise. */
function useOffer(entitlement: ProductEntitlement | null) {
  const [chosen, choose] = useState<Chosen>({ version: null, language: null });
  const app = useApp();
  const offers = offersFor(entitlement?.releases ?? [], app.data?.platform ?? null);
  const version = chosen.version ?? entitlement?.version;
  const ofVersion = offers.filter((offer) => offer.version === version);
  const first = languagesOf(offers, version ?? "");
  const wanted = chosen.language ?? (first.includes("en") ? "en" : first[0]);
  const offer = ofVersion.find((item) => item.language === wanted) ?? ofVersion[0] ?? offers[0];
  return { offers, offer, choose };
}
