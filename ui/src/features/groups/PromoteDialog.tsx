import { useState } from "react";
import { NativeSelect, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Group } from "@/api/groups";
import { useProductVersions, usePromote } from "@/api/groups-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { FormDialog } from "@/components/FormDialog";
import { Loading } from "@/components/Loading";
import { useNow } from "@/lib/use-now";
import { channelText, holds, saidOf, usual, type Terms } from "./place";
import { allows } from "./rules";
import classes from "./Groups.module.css";

interface PromoteDialogProps {
  contract: string;
  row: Terms;
  groups: readonly Group[];
  onClose: () => void;
}

/** Gives a group what another one runs, after a question that says whom it concerns and what changes (B-14). */
export function PromoteDialog({ contract, row, groups, onClose }: PromoteDialogProps) {
  const { t } = useTranslation();
  const { group, product } = row;
  const known = useProductVersions(contract, product.id);
  const act = usePromote(contract, group.group, product.id);
  const [chosen, setChosen] = useState("");
  const others = groups.filter((other) => other.group !== group.group);
  const from = others.find((other) => other.group === chosen);
  const channel = (from && saidOf(from, product.id)?.channel) ?? usual;
  const version = known.data?.channels.find((one) => one.channel === channel)?.version;
  return (
    <FormDialog
      title={t("groups.promote.titleFor", { product: product.name, name: group.name })}
      confirm={t("groups.promote.confirm")}
      act={act}
      disabled={!from || !version}
      onClose={onClose}
      onConfirm={() => act.mutate(chosen, { onSuccess: onClose })}
    >
      {others.length === 0 ? <Text size="sm">{t("groups.promote.noOthers")}</Text> : null}
      {others.length > 0 ? (
        <NativeSelect
          label={t("groups.promote.from")}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={[
            { value: "", label: t("groups.promote.choose") },
            ...others.map((other) => ({ value: other.group, label: other.name })),
          ]}
          data-testid="promote-from"
        />
      ) : null}
      {known.isPending ? <Loading /> : null}
      {known.error ? (
        <FailureNotice failure={known.error} remedies={{ retry: () => void known.refetch() }} />
      ) : null}
      {from && known.data && !version ? (
        <Text size="sm">{t("groups.promote.noRelease", { channel })}</Text>
      ) : null}
      {from && version ? <Outcome row={row} from={from} channel={channel} version={version} /> : null}
    </FormDialog>
  );
}

interface OutcomeProps {
  row: Terms;
  from: Group;
  channel: string;
  version: string;
}

/** How many people it concerns, and what becomes of their channel, list and hold. */
function Outcome({ row: { group, product }, from, channel, version }: OutcomeProps) {
  const { t } = useTranslation();
  const now = useNow();
  const said = saidOf(group, product.id);
  const words = { count: group.member_count, name: group.name, from: from.name };
  return (
    <div className={classes.outcome} role="note" data-testid="promote-outcome">
      <p>
        <b>{t("groups.promote.question", words)}</b>
      </p>
      <ul className={classes.bullets}>
        <li>{t("groups.promote.channel", { channel: channelText(channel, version, t) })}</li>
        {allows(said?.versions, version) ? null : <li>{t("groups.promote.approves", { version })}</li>}
        {holds(said?.hold, now) ? <li>{t("groups.promote.stillHeld")}</li> : null}
      </ul>
    </div>
  );
}
