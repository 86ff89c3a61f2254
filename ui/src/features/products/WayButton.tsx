import { Button, Group, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ChevronDown, Download, FolderDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { DefaultAction } from "@/api/types";
import { Tag } from "@/components/Tag";
import { waysFor, type Way } from "./ways";
import classes from "./WayButton.module.css";

interface WayButtonProps {
  product: string;
  name: string;
  /** What the service says is this person's usual way. */
  usual: DefaultAction;
  disabled: boolean;
  /** Where it stands, for tests to tell apart. */
  place?: "tile" | "drawer";
}

const icons = { install_now: Download, download_now: FolderDown } as const;
const places = {
  install_now: "/products/$product/install",
  download_now: "/products/$product/download",
} as const;
const testIds = { install_now: "install", download_now: "download" } as const;

/** The usual way to get a product as the button, the others below the caret beside it (S-110, S-116). */
export function WayButton({ product, name, usual, disabled, place = "tile" }: WayButtonProps) {
  const { t } = useTranslation();
  const { main, others, recommended } = waysFor(usual);
  const Icon = icons[main];
  const of = place === "tile" ? product : `${product}-${place}`;
  return (
    <div className={classes.ways}>
      {recommended ? (
        <p className={classes.word}>
          <Tag tone="ink">{t("products.recommended")}</Tag>
          {t(`products.way.${main}.text`)}
        </p>
      ) : null}
      <Group gap={2} wrap="nowrap">
        <Button
          className={classes.main}
          leftSection={<Icon size={16} />}
          data-testid={`${testIds[main]}-${of}`}
          disabled={disabled}
          renderRoot={(props) => <Link to={places[main]} params={{ product }} {...props} />}
        >
          {t(`products.way.${main}.title`)}
        </Button>
        <Menu position="bottom-end" width={280} disabled={disabled}>
          <Menu.Target>
            <Button
              className={classes.caret}
              disabled={disabled}
              data-testid={`ways-${of}`}
              aria-label={t("products.otherWays", { name })}
            >
              <ChevronDown size={16} aria-hidden="true" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((way) => (
              <WayItem key={way} way={way} product={product} testId={`${testIds[way]}-${of}`} />
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
    </div>
  );
}

function WayItem({ way, product, testId }: { way: Way; product: string; testId: string }) {
  const { t } = useTranslation();
  const Icon = icons[way];
  return (
    <Menu.Item
      leftSection={<Icon size={16} aria-hidden="true" />}
      data-testid={testId}
      renderRoot={(props) => <Link to={places[way]} params={{ product }} {...props} />}
    >
      {t(`products.way.${way}.title`)}
      <span className={classes.text}>{t(`products.way.${way}.text`)}</span>
    </Menu.Item>
  );
}
