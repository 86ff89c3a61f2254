import { Button, Group as Row, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Group } from "@/api/groups";
import { useRemoveGroup } from "@/api/groups-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Notice } from "@/components/Notice";
import { rulesText } from "@/lib/rules-text";
import { asSentence } from "@/lib/sentence";
import { useNow } from "@/lib/use-now";
import { holds, type Named } from "./place";
import classes from "./Groups.module.css";

interface RemoveDialogProps {
  contract: string;
  group: Group;
  products: readonly Named[];
  onClose: () => void;
  onRemoved: () => void;
}

/** Before a group is deleted: what its people lose. */
export function RemoveDialog({ contract, group, products, onClose, onRemoved }: RemoveDialogProps) {
  const { t } = useTranslation();
  const remove = useRemoveGroup(contract);
  const losses = useLosses(group, products);
  const { member_count: count } = group;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("groups.removeTitle", { name: group.name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="md">
        <Text size="sm" data-testid="group-remove-people">
          {count === 0 ? t("groups.removeNobody") : t("groups.removePeople", { count })}
        </Text>
        <ul className={classes.bullets} data-testid="group-remove-losses">
          {losses.length === 0 ? <li>{t("groups.removeNothing")}</li> : null}
          {losses.map((loss) => (
            <li key={loss}>{loss}</li>
          ))}
        </ul>
        {remove.error?.code === "conflict" ? (
          <Notice tone="warn" title={t("groups.removeNamed")} urgent>
            <p>{asSentence(remove.error.message)}</p>
          </Notice>
        ) : null}
        {remove.error && remove.error.code !== "conflict" ? <FailureNotice failure={remove.error} /> : null}
        <Row justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("common.cancel")}
          </Button>
          <Button
            color="brick"
            loading={remove.isPending}
            onClick={() => remove.mutate(group.group, { onSuccess: onRemoved })}
            data-testid="group-remove-confirm"
          >
            {t("groups.removeConfirm")}
          </Button>
        </Row>
      </Stack>
    </Modal>
  );
}

/** What ends with a group, in sentences. */
function useLosses(group: Group, products: readonly Named[]): string[] {
  const { t } = useTranslation();
  const now = useNow();
  return group.products
    .flatMap((said) => {
      const product = products.find(({ id }) => id === said.product)?.name ?? said.product;
      return [
        said.channel ? t("groups.removeChannel", { product, channel: said.channel }) : null,
        said.versions ? t("groups.removeVersions", { product, rules: rulesText(said.versions, t) }) : null,
        holds(said.hold, now) ? t("groups.removeHold", { product }) : null,
      ];
    })
    .filter((loss) => loss !== null);
}
