import { useState } from "react";
import { Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMove } from "@/api/actions";
import type { InstalledView, PlaceView } from "@/api/native.gen";
import { usePlaces } from "@/api/queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { bytes } from "@/lib/format";
import classes from "./ManagePage.module.css";

interface MoveDialogProps {
  installed: InstalledView;
  opened: boolean;
  onClose: () => void;
}

const fits = (place: PlaceView) => place.free_bytes > place.needed_bytes;

/** Chooses among the places that this computer offers, one a disk (B-09). A page never names a folder. */
export function MoveDialog({ installed, opened, onClose }: MoveDialogProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<string | null>(null);
  const places = usePlaces(installed.product, opened);
  const move = useMove(installed.product);
  const start = (place: string) => move.mutate(place, { onSuccess: () => void navigate({ to: "/jobs" }) });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("manage.moveTitle", { name: installed.name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="md">
        {places.isPending ? <Loading /> : null}
        {places.error ? <FailureNotice failure={places.error} /> : null}
        {places.data?.length === 0 ? <p className={classes.text}>{t("manage.noPlaces")}</p> : null}
        <Radio.Group label={t("manage.movePlaces")} value={chosen} onChange={setChosen}>
          <Stack gap="xs" mt="xs">
            {places.data?.map((place) => (
              <Radio
                key={place.id}
                value={place.id}
                disabled={!fits(place)}
                label={place.folder}
                description={
                  fits(place)
                    ? t("manage.placeFree", { size: bytes(place.free_bytes) })
                    : t("manage.placeFull", {
                        size: bytes(place.free_bytes),
                        needed: bytes(place.needed_bytes),
                      })
                }
              />
            ))}
          </Stack>
        </Radio.Group>
        {move.error ? <FailureNotice failure={move.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            data-testid="move-confirm"
            disabled={chosen === null}
            loading={move.isPending}
            onClick={() => (chosen === null ? undefined : start(chosen))}
          >
            {t("manage.moveConfirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
