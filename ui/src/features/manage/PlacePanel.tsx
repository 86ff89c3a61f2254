import { useState } from "react";
import { Button, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { FolderInput, Play, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useLaunch } from "@/api/launch";
import type { InstalledView } from "@/api/native.gen";
import { FailureNotice } from "@/components/FailureNotice";
import { Facts } from "@/components/Facts";
import { LicenceLine } from "@/components/LicenceLine";
import { Panel } from "@/components/Panel";
import { PathText } from "@/components/PathText";
import { bytes, date, language } from "@/lib/format";
import { MoveDialog } from "./MoveDialog";
import classes from "./ManagePage.module.css";

interface PlacePanelProps {
  installed: InstalledView;
  busy: boolean;
  onUninstall: () => void;
}

/** Where the product is, how large, under which licence; launching, moving and removing it. */
export function PlacePanel({ installed, busy, onUninstall }: PlacePanelProps) {
  const { t } = useTranslation();
  const [moving, setMoving] = useState(false);
  const launch = useLaunch(installed.product);
  return (
    <Panel title={t("manage.place")}>
      <div className={classes.stack}>
        <Facts
          facts={[
            {
              label: t("install.folder"),
              value: (
                <code>
                  <PathText path={installed.folder} />
                </code>
              ),
            },
            { label: t("manage.size"), value: bytes(installed.installed_bytes) },
            { label: t("install.language"), value: language(installed.language) },
            { label: t("manage.since"), value: date(installed.installed_at) },
          ]}
        />
        <Link
          to="/products/$product/licence"
          params={{ product: installed.product }}
          className={classes.licence}
        >
          <LicenceLine licence={installed.licence} />
        </Link>
        {launch.error ? <FailureNotice failure={launch.error} /> : null}
        <Group gap="xs">
          <Button
            leftSection={<Play size={16} />}
            data-testid={`launch-${installed.product}`}
            disabled={!installed.launchable}
            loading={launch.isPending}
            onClick={() => launch.mutate()}
          >
            {t("products.launch")}
          </Button>
          <Button
            variant="default"
            data-testid="move"
            leftSection={<FolderInput size={16} />}
            disabled={busy}
            onClick={() => setMoving(true)}
          >
            {t("manage.move")}
          </Button>
          <Button
            variant="default"
            data-testid="uninstall"
            leftSection={<Trash2 size={16} />}
            disabled={busy}
            onClick={onUninstall}
          >
            {t("products.uninstall")}
          </Button>
        </Group>
      </div>
      <MoveDialog installed={installed} opened={moving} onClose={() => setMoving(false)} />
    </Panel>
  );
}
