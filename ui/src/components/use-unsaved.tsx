import { useState, type ReactNode } from "react";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useBlocker, type ShouldBlockFn } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** What a form with changes is left by. */
interface Unsaved {
  /** Does it at once where nothing would be lost, and after a question otherwise. */
  readonly leave: (act: () => void) => void;
  /** The question while it is asked. It stands beside the form, not in it: what happens in it is none of the form's. */
  readonly question: ReactNode;
}

/** A jump within the page loses nothing. */
const travels: ShouldBlockFn = ({ current, next }) =>
  current.pathname !== next.pathname || JSON.stringify(current.search) !== JSON.stringify(next.search);

/**
 * Asks before something that was written and not saved is lost: when another page is opened by a link, the menu or the
 * way back, when the browser's tab is closed, and whenever `leave` is called. Whoever has saved navigates with
 * `ignoreBlocker`.
 */
export function useUnsaved(dirty: boolean): Unsaved {
  const [wanted, setWanted] = useState<(() => void) | null>(null);
  const travel = useBlocker({
    shouldBlockFn: travels,
    enableBeforeUnload: dirty,
    disabled: !dirty,
    withResolver: true,
  });
  const leave = (act: () => void) => (dirty ? setWanted(() => act) : act());
  const stay = () => {
    setWanted(null);
    travel.reset?.();
  };
  const go = () => {
    setWanted(null);
    wanted?.();
    travel.proceed?.();
  };
  const asked = wanted !== null || travel.status === "blocked";
  return { leave, question: asked ? <Question onStay={stay} onLeave={go} /> : null };
}

function Question({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onStay}
      title={t("common.unsavedTitle")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="md">
        <Text size="sm">{t("common.unsavedText")}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onStay} data-testid="unsaved-stay">
            {t("common.unsavedStay")}
          </Button>
          <Button color="brick" onClick={onLeave} data-testid="unsaved-leave">
            {t("common.unsavedLeave")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
