import { useState } from "react";
import { Button, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ChevronDown, Download, FileDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import { CopyLine } from "@/components/CopyLine";
import { Tag } from "@/components/Tag";
import { OpenInProgram } from "./OpenInProgram";
import { browserWayFor } from "./ways";
import type { TileSubject } from "./tile";
import classes from "./WayButton.module.css";

/** In a browser: the usual way to get a product, and the other one below the caret beside it (S-116). */
export function BrowserWays({ subject }: { subject: TileSubject }) {
  const { t } = useTranslation();
  const usual = browserWayFor(subject.entitlement?.default_action ?? "install_now");
  const [way, choose] = useState(usual);
  const available = (subject.entitlement?.releases.length ?? 0) > 0;
  return (
    <div className={classes.ways}>
      {way === usual && available ? (
        <p className={classes.word}>
          <Tag tone="ink">{t("products.recommended")}</Tag>
          {t(`products.way.${way}.text`)}
        </p>
      ) : null}
      <div className={classes.side}>
        <div className={classes.ways}>
          {way === "install_now" ? (
            <OpenInProgram subject={subject} />
          ) : (
            <FilesButton product={subject.product} disabled={!available} />
          )}
        </div>
        <Menu position="bottom-end" width={280} disabled={!available}>
          <Menu.Target>
            <Button
              className={classes.otherWays}
              variant="default"
              disabled={!available}
              data-testid={`ways-${subject.product}`}
              aria-label={t("products.otherWays", { name: subject.name })}
            >
              <ChevronDown size={16} aria-hidden="true" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {way === "install_now" ? (
              <FilesItem product={subject.product} />
            ) : (
              <Menu.Item
                leftSection={<Download size={16} aria-hidden="true" />}
                data-testid={`choose-install-${subject.product}`}
                onClick={() => choose("install_now")}
              >
                {t("products.way.install_now.title")}
                <span className={classes.text}>{t("handOver.hint")}</span>
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      {way === "browser_download" ? <Command product={subject.product} /> : null}
    </div>
  );
}

function FilesButton({ product, disabled }: { product: string; disabled: boolean }) {
  const { t } = useTranslation();
  return (
    <Button
      fullWidth
      leftSection={<FileDown size={16} />}
      data-testid={`files-${product}`}
      disabled={disabled}
      renderRoot={(props) => <Link to="/products/$product/files" params={{ product }} {...props} />}
    >
      {t("products.way.browser_download.title")}
    </Button>
  );
}

/** For those who have Toolcrib already. */
function Command({ product }: { product: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.command}>
      <p>{t("products.command")}</p>
      <CopyLine value={`toolcrib install ${product}`} label={t("products.copyCommand")} />
    </div>
  );
}

function FilesItem({ product }: { product: string }) {
  const { t } = useTranslation();
  return (
    <Menu.Item
      leftSection={<FileDown size={16} aria-hidden="true" />}
      data-testid={`files-${product}`}
      renderRoot={(props) => <Link to="/products/$product/files" params={{ product }} {...props} />}
    >
      {t("products.way.browser_download.title")}
      <span className={classes.text}>{t("products.way.browser_download.text")}</span>
    </Menu.Item>
  );
}
