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
import { WithdrawnVersions } from "@/components/WithdrawnVersions";
import { bytes, language, platform as platformName } from "@/lib/format";
import {
  languagesOf,
  packageFor,
  platformsOf,
  runsOn,
  versionChoices,
  type VersionChoice,
  type Wish,
} from "@/lib/releases";
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
  const [wish, setWish] = useState<Wish>({});
  const here = useApp().data?.platform ?? null;
  const offer = entitlement ? packageFor(entitlement, wish, here ?? "") : undefined;
  if (!entitlement || !offer) {
    return <EmptyState icon={PackageX} title={t("products.noRelease")} text={t("download.nothing")} />;
  }
  const { releases, withdrawn = [] } = entitlement;
  const labelOf = (choice: VersionChoice) => {
    if (choice.standing !== "open") return t(`files.${choice.standing}`, { version: choice.version });
    const isRecommended = choice.version === entitlement.version;
    return isRecommended ? t("install.stable", { version: choice.version }) : choice.version;
  };
  const { version, platform } = offer;
  const ofPlatform = releases.filter((release) => release.platform === platform);
  const start = (metered: boolean) =>
    download.mutate(
      { version, language: offer.language, platform: wish.platform ?? null, metered },
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
            onChange={(event) => setWish({ ...wish, version: event.currentTarget.value })}
            data={versionChoices({ releases, withdrawn }).map((choice) => ({
              value: choice.version,
              disabled: choice.standing !== "open",
              label: labelOf(choice),
            }))}
          />
          <NativeSelect
            label={t("files.platform")}
            data-testid="download-platform"
            value={platform}
            onChange={(event) => setWish({ ...wish, platform: event.currentTarget.value })}
            data={platformsOf(releases, version).map((value) => ({ value, label: platformName(value) }))}
          />
          <NativeSelect
            label={t("install.language")}
            data-testid="download-language"
            value={offer.language}
            onChange={(event) => setWish({ ...wish, language: event.currentTarget.value })}
            data={languagesOf(ofPlatform, version).map((value) => ({ value, label: language(value) }))}
          />
        </Group>
        <WithdrawnVersions entitlement={{ releases, withdrawn }} />
        <p className={classes.note} data-testid="download-size">
          {t("download.size", { size: bytes(offer.stored_bytes) })} {t("download.place")}
        </p>
        {here === null || runsOn(platform, here) ? null : (
          <p className={classes.note} data-testid="download-for-others">
            {t("download.forOthers", { platform: platformName(platform) })}
          </p>
        )}
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
