import { useState } from "react";
import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ChannelDialog } from "./ChannelDialog";
import type { ChannelChoice, Channels } from "./channels";
import { withNames } from "./names";
import classes from "./ChannelLine.module.css";

interface ChannelLineProps {
  choice: ChannelChoice;
  name: string;
  /** Whether the channel is not to be changed now. */
  busy?: boolean;
  onChosen?: () => void;
}

/** The channel that a product comes from, and the way to another one; nothing where there is no choice (B-14). */
export function ChannelLine({ choice, name, busy = false, onChosen }: ChannelLineProps) {
  const { t } = useTranslation();
  const [choosing, setChoosing] = useState(false);
  const { found } = choice;
  if (!found || !isTold(found)) return null;
  return (
    <div className={classes.line} data-testid="channel">
      <Group gap="xs">
        <p className={classes.text}>{t("channels.from", { channel: found.channel })}</p>
        {found.fixed === null ? (
          <Button
            size="xs"
            variant="default"
            data-testid="channel-change"
            disabled={busy}
            onClick={() => {
              choice.forget();
              setChoosing(true);
            }}
          >
            {t("channels.change")}
          </Button>
        ) : null}
      </Group>
      {found.fixed === null ? null : <p className={classes.note}>{withNames(found.fixed)}</p>}
      {choosing ? (
        <ChannelDialog
          found={found}
          choice={choice}
          name={name}
          onClose={() => setChoosing(false)}
          onChosen={() => {
            setChoosing(false);
            onChosen?.();
          }}
        />
      ) : null}
    </div>
  );
}

/** Whether there is a choice, or somebody else has made it. */
function isTold({ channels, channel, fixed }: Channels): boolean {
  return fixed !== null || channels.some(({ name }) => name !== channel);
}
