import { useState } from "react";
import { Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FailureNotice } from "./FailureNotice";
import type { ChannelChoice, Channels } from "./channels";
import classes from "./ChannelLine.module.css";

interface ChannelDialogProps {
  found: Channels;
  choice: ChannelChoice;
  name: string;
  onClose: () => void;
  onChosen: () => void;
}

/** Chooses among the channels of a product, each with what it would mean here. Nothing is installed by it. */
export function ChannelDialog({ found, choice, name, onClose, onChosen }: ChannelDialogProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(found.channel);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("channels.title", { name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="md">
        <Radio.Group label={t("channels.label")} value={chosen} onChange={setChosen}>
          <Stack gap="sm" mt="xs">
            {found.channels.map((channel) => (
              <Radio
                key={channel.name}
                value={channel.name}
                data-testid={`channel-${channel.name}`}
                label={
                  channel.name === found.channel ? t("channels.own", { channel: channel.name }) : channel.name
                }
                description={channel.sentence}
              />
            ))}
          </Stack>
        </Radio.Group>
        <p className={classes.note}>{t("channels.meaning")}</p>
        {choice.error ? <FailureNotice failure={choice.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            data-testid="channel-confirm"
            disabled={chosen === found.channel}
            loading={choice.isPending}
            onClick={() => choice.choose(chosen, onChosen)}
          >
            {t("channels.confirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
