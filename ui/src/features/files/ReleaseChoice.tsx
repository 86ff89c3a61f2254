import { Group, NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PackageFiles, ProductEntitlement, ReleaseOffer } from "@/api/types";
import { LockedVersions } from "@/components/LockedVersions";
import { Panel } from "@/components/Panel";
import { WithdrawnVersions } from "@/components/WithdrawnVersions";
import { bytes, language, platform } from "@/lib/format";
import { languagesOf, platformsOf, versionChoices, type VersionChoice, type Wish } from "@/lib/releases";
import classes from "./FilesPage.module.css";

interface ReleaseChoiceProps {
  entitlement: ProductEntitlement;
  /** What is chosen. */
  offer: ReleaseOffer;
  files: PackageFiles | undefined;
  onWish: (wish: Wish) => void;
}

/** Version, platform and language (S-113), and how much that is. */
export function ReleaseChoice({ entitlement, offer, files, onWish }: ReleaseChoiceProps) {
  const { t } = useTranslation();
  const { releases, version: stable } = entitlement;
  const ofPlatform = releases.filter((release) => release.platform === offer.platform);
  const size = files?.files.reduce((sum, file) => sum + file.size_bytes, 0) ?? 0;
  const versionLabel = ({ version, standing }: VersionChoice): string => {
    if (standing !== "open") return t(`files.${standing}`, { version });
    return version === stable ? t("install.stable", { version }) : version;
  };
  return (
    <Panel>
      <div className={classes.group}>
        <Group gap="md" align="flex-end">
          <NativeSelect
            label={t("install.version")}
            data-testid="files-version"
            value={offer.version}
            onChange={(event) => onWish({ ...offerWish(offer), version: event.currentTarget.value })}
            data={versionChoices(entitlement).map((choice) => ({
              value: choice.version,
              disabled: choice.standing !== "open",
              label: versionLabel(choice),
            }))}
          />
          <NativeSelect
            label={t("files.platform")}
            data-testid="files-platform"
            value={offer.platform}
            onChange={(event) => onWish({ ...offerWish(offer), platform: event.currentTarget.value })}
            data={platformsOf(releases, offer.version).map((value) => ({ value, label: platform(value) }))}
          />
          <NativeSelect
            label={t("install.language")}
            data-testid="files-language"
            value={offer.language}
            onChange={(event) => onWish({ ...offerWish(offer), language: event.currentTarget.value })}
            data={languagesOf(ofPlatform, offer.version).map((value) => ({ value, label: language(value) }))}
          />
        </Group>
        <WithdrawnVersions entitlement={entitlement} />
        <LockedVersions entitlement={entitlement} className={classes.note} />
        {files ? (
          <p className={classes.note} data-testid="files-total">
            {t("files.total", { count: files.files.length, size: bytes(size) })} {t("files.terms")}
          </p>
        ) : null}
      </div>
    </Panel>
  );
}

function offerWish(offer: ReleaseOffer): Wish {
  return { version: offer.version, platform: offer.platform, language: offer.language };
}
