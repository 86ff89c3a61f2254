import { ActionIcon, Menu } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import {
  BadgeCheck,
  BookOpenText,
  EllipsisVertical,
  FolderDown,
  FolderInput,
  Info,
  Terminal,
  Trash2,
  Settings2,
  UsersRound,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { useHost } from "@/api/context";
import { useReading } from "@/api/read-me";
import { useUninstalling } from "@/api/uninstall";
import { ReadMeDialog } from "@/components/ReadMeDialog";
import { UninstallDialog } from "@/components/UninstallDialog";
import type { TileSubject } from "./tile";

/** What else can be done with a product. */
export function TileMenu({ subject, onDetails }: { subject: TileSubject; onDetails: () => void }) {
  const { t } = useTranslation();
  const { host } = useHost();
  const clipboard = useClipboard();
  const { installed, product } = subject;
  const removal = useUninstalling(installed);
  const version = installed?.version ?? subject.entitlement?.version ?? null;
  const readable = host.native && version !== null;
  const reading = useReading(product, version, installed?.language ?? null);
  const icon = { size: 16, "aria-hidden": true } as const;
  const forOthers =
    host.native && subject.entitlement && subject.entitlement.default_action !== "install_now";
  // Seats are told to those who administer the contract, and to nobody else.
  const administered = subject.entitlement?.seats ? subject.entitlement.contract : null;
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            data-testid={`more-${product}`}
            aria-label={t("products.more", { name: subject.name })}
          >
            <EllipsisVertical size={18} color="var(--tc-muted)" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Info {...icon} />} data-testid={`details-${product}`} onClick={onDetails}>
            {t("products.details")}
          </Menu.Item>
          {readable ? (
            <Menu.Item
              leftSection={<BookOpenText {...icon} />}
              data-testid={`read-me-${product}`}
              onClick={reading.open}
            >
              {t("readMe.open")}
            </Menu.Item>
          ) : null}
          {installed ? (
            <Menu.Item
              leftSection={<Settings2 {...icon} />}
              data-testid={`manage-${product}`}
              renderRoot={(props) => <Link to="/products/$product" params={{ product }} {...props} />}
            >
              {t("manage.open")}
            </Menu.Item>
          ) : null}
          {installed ? (
            <Menu.Item
              leftSection={<BadgeCheck {...icon} />}
              renderRoot={(props) => <Link to="/products/$product/licence" params={{ product }} {...props} />}
            >
              {t("products.licence")}
            </Menu.Item>
          ) : null}
          {installed && subject.entitlement?.version ? (
            <Menu.Item
              leftSection={<FolderDown {...icon} />}
              data-testid={`download-${product}`}
              renderRoot={(props) => (
                <Link to="/products/$product/download" params={{ product }} {...props} />
              )}
            >
              {t("products.way.download_now.title")}
            </Menu.Item>
          ) : null}
          {host.native && !installed && subject.entitlement?.version ? (
            <Menu.Item
              leftSection={<FolderInput {...icon} />}
              data-testid={`take-over-${product}`}
              renderRoot={(props) => (
                <Link
                  to="/products/$product/install"
                  params={{ product }}
                  search={{ take_over: "yes" }}
                  {...props}
                />
              )}
            >
              {t("products.takeOver")}
            </Menu.Item>
          ) : null}
          {administered ? (
            <Menu.Item
              leftSection={<UsersRound {...icon} />}
              data-testid={`versions-${product}`}
              renderRoot={(props) => (
                <Link to="/groups" search={{ contract: administered, product }} {...props} />
              )}
            >
              {t("groups.ofProduct.link")}
            </Menu.Item>
          ) : null}
          {forOthers ? (
            <Menu.Item
              leftSection={<Terminal {...icon} />}
              onClick={() => clipboard.copy(`toolcrib install ${product}`)}
            >
              {t("products.copyCommand")}
            </Menu.Item>
          ) : null}
          {installed ? (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={<Trash2 {...icon} />}
                data-testid={`uninstall-${product}`}
                onClick={removal.open}
              >
                {t("products.uninstall")}
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <ReadMeDialog name={subject.name} {...reading.dialog} />
      {removal.dialog ? <UninstallDialog {...removal.dialog} /> : null}
    </>
  );
}
