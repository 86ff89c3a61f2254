import { Button, CopyButton } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useHost } from "@/api/context";
import { useApp } from "@/api/queries";
import { Facts } from "@/components/Facts";
import { PageHead } from "@/components/PageHead";
import { Panel } from "@/components/Panel";
import { platform } from "@/lib/format";
import classes from "./SupportPage.module.css";

/** The program and its surroundings, to be told when asking for help. */
export function AboutPage() {
  const { t } = useTranslation();
  const { host } = useHost();
  const app = useApp().data;
  const facts = [
    {
      label: t("support.host"),
      value: t(host.kind === "window" ? "support.hostWindow" : "support.hostBrowser"),
    },
    { label: t("support.version"), value: app?.version ?? null },
    { label: t("support.platform"), value: app ? platform(app.platform) : null },
    { label: t("support.server"), value: app ? app.server : window.location.origin },
    { label: t("support.secrets"), value: app?.secrets_place ?? null },
  ];
  const text = facts.flatMap(({ label, value }) => (value ? [`${label}: ${value}`] : [])).join("\n");
  return (
    <div className={classes.page}>
      <PageHead title={t("support.aboutTitle")} lead={t("support.aboutLead")} />
      <Panel>
        <Facts facts={facts} />
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              mt="lg"
              variant="default"
              leftSection={copied ? <Check size={16} /> : <Copy size={16} />}
              onClick={copy}
            >
              {copied ? t("common.copied") : t("support.copyAll")}
            </Button>
          )}
        </CopyButton>
      </Panel>
    </div>
  );
}
