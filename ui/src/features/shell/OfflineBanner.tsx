import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { WifiOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useHost } from "@/api/context";
import { useOffline } from "@/api/session";
import classes from "./OfflineBanner.module.css";

/** Says that the server is out of reach, and what that means; goes by itself when it answers again. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const { host } = useHost();
  const client = useQueryClient();
  const offline = useOffline();
  if (!offline) return null;
  return (
    <div className={classes.banner} role="status" data-testid="offline-banner">
      <WifiOff size={17} aria-hidden="true" />
      <p>
        <b>{t("shell.offlineTitle")}</b>{" "}
        {t(host.kind === "window" ? "shell.offlineWindow" : "shell.offlineBrowser")}
      </p>
      <Button size="compact-sm" variant="default" onClick={() => void client.refetchQueries()}>
        {t("common.tryAgain")}
      </Button>
    </div>
  );
}
