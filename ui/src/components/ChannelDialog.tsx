import { useState } from "react";
import { Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ChannelsView } from "@/api/native.gen";
import { useChooseChannel } from "@/api/offers";
import { FailureNotice } from "./FailureNotice";
import classes from "./ChannelLine.module.css";

interface ChannelDialogProps {
  found: ChannelsView;
  name: string;
  onClose: () => void;
  onChosen: () => void;
}

/** Chooses among the channels of a product, each with what it would mean here. Nothing is installed by it. */
export function ChannelDialog({ found, name, onClose, onChosen }: ChannelDialogProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(found.channel);
  const act = useChooseChannel(found.product);
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
        {act.error ? <FailureNotice failure={act.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            data-testid="channel-confirm"
            disabled={chosen === found.channel}
            loading={act.isPending}
            onClick={() => act.mutate(chosen, { onSuccess: onChosen })}
          >
            {t("channels.confirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
