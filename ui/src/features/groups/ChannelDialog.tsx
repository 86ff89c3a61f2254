import { useState } from "react";
import { Radio, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useProductVersions, useSetChannel } from "@/api/groups-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { FormDialog } from "@/components/FormDialog";
import { Loading } from "@/components/Loading";
import { channelText, saidOf, usual, type Terms } from "./place";

interface ChannelDialogProps {
  contract: string;
  row: Terms;
  onClose: () => void;
}

/** No channel has an empty name. */
const none = "";

/** Which channel of a product a group is on (B-14). */
export function ChannelDialog({ contract, row: { group, product }, onClose }: ChannelDialogProps) {
  const { t } = useTranslation();
  const known = useProductVersions(contract, product.id);
  const act = useSetChannel(contract, group.group, product.id);
  const before = saidOf(group, product.id)?.channel ?? none;
  const [channel, setChannel] = useState(before);
  const channels = known.data?.channels ?? [];
  const stable = channels.find((one) => one.channel === usual)?.version;
  const submit = () => {
    if (channel === before) onClose();
    else act.mutate(channel === none ? null : channel, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={t("groups.channel.titleFor", { product: product.name, name: group.name })}
      confirm={t("groups.terms.save")}
      act={act}
      disabled={!known.data}
      onClose={onClose}
      onConfirm={submit}
    >
      <Text size="sm">{t("groups.channel.concerns", { count: group.member_count })}</Text>
      {known.isPending ? <Loading /> : null}
      {known.error ? (
        <FailureNotice failure={known.error} remedies={{ retry: () => void known.refetch() }} />
      ) : null}
      {known.data ? (
        <Radio.Group label={t("groups.terms.channel")} value={channel} onChange={setChannel}>
          <Stack gap="xs" mt="xs">
            <Radio
              value={none}
              label={t("groups.channel.none", { channel: channelText(usual, stable, t) })}
              description={t("groups.channel.noneLead")}
              data-testid="channel-none"
            />
            {channels.map((one) => (
              <Radio
                key={one.channel}
                value={one.channel}
                label={channelText(one.channel, one.version, t)}
                data-testid={`channel-${one.channel}`}
              />
            ))}
          </Stack>
        </Radio.Group>
      ) : null}
      {known.data && channels.length === 0 ? <Text size="sm">{t("groups.channel.noChannels")}</Text> : null}
    </FormDialog>
  );
}
