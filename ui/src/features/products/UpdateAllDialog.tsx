import { useState } from "react";
import { Button, Group, Modal, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { EverythingView, PassedOverView, UpdateView } from "@/api/native.gen";
import { useUpdateThese } from "@/api/updates";
import { FailureNotice } from "@/components/FailureNotice";
import { Metered } from "@/components/Metered";
import { withNames } from "@/components/names";
import { bytes } from "@/lib/format";
import { Begun } from "./Begun";
import classes from "./UpdateAllDialog.module.css";

interface UpdateAllDialogProps {
  everything: EverythingView;
  onClose: () => void;
}

/** What is installed by one click, what all of it takes, and what stays as it is and why; then what came of it. */
export function UpdateAllDialog({ everything, onClose }: UpdateAllDialogProps) {
  const { t } = useTranslation();
  const [metered, setMetered] = useState(false);
  const act = useUpdateThese();
  const count = everything.updates.length;
  const products = everything.updates.map(({ product }) => product);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("updates.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {act.data ? (
        <Begun begun={act.data} onClose={onClose} />
      ) : (
        <Stack gap="md">
          {count > 0 ? <Chosen everything={everything} /> : null}
          {everything.passed_over.length > 0 ? <PassedOver those={everything.passed_over} /> : null}
          {everything.asks_metered ? (
            <Metered size={everything.fetch_bytes} agreed={metered} onAgreed={setMetered} />
          ) : null}
          {act.error ? <FailureNotice failure={act.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" data-testid="update-all-close" onClick={onClose}>
              {count > 0 ? t("common.cancel") : t("common.close")}
            </Button>
            {count > 0 ? (
              <Button
                data-testid="update-all-confirm"
                loading={act.isPending}
                disabled={everything.asks_metered && !metered}
                onClick={() => act.mutate({ products, metered })}
              >
                {t("updates.all", { count })}
              </Button>
            ) : null}
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function Chosen({ everything }: { everything: EverythingView }) {
  const { t } = useTranslation();
  return (
    <div>
      <ul className={classes.list} data-testid="update-all-list">
        {everything.updates.map((update) => (
          <Row key={update.product} update={update} />
        ))}
        <li className={classes.total}>
          <span>{t("updates.total")}</span>
          <span className={classes.size}>{bytes(everything.fetch_bytes)}</span>
        </li>
      </ul>
      <p className={classes.note}>
        {t("updates.goOn")}
        {everything.restart_needed ? ` ${t("updates.restart")}` : ""}
      </p>
    </div>
  );
}

function Row({ update }: { update: UpdateView }) {
  const { t } = useTranslation();
  return (
    <li>
      <span>
        <b>{update.name}</b> {t("updates.step", { from: update.from, to: update.to })}
      </span>
      <span className={classes.size}>{bytes(update.fetch_bytes)}</span>
    </li>
  );
}

function PassedOver({ those }: { those: readonly PassedOverView[] }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t("updates.passedOver")}>
      <h3 className={classes.heading}>{t("updates.passedOver")}</h3>
      <ul className={classes.list} data-testid="update-all-passed-over">
        {those.map((one) => (
          <li key={one.product}>
            <span>
              <b>{t("updates.passedOverNamed", { name: one.name, to: one.to })}</b> {withNames(one.sentence)}
            </span>
            <Way one={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where somebody can say what is still to be said. */
function Way({ one }: { one: PassedOverView }) {
  const { t } = useTranslation();
  const way = t(`updates.way.${one.why}`);
  const link = {
    children: way,
    "aria-label": t("updates.wayNamed", { way, name: one.name }),
    className: classes.way,
  };
  if (one.why === "under_way") return <Link to="/jobs" {...link} />;
  const params = { product: one.product };
  const isAsked = one.why === "terms" || one.why === "scripts" || one.why === "obstacle";
  return isAsked ? (
    <Link to="/products/$product/install" params={params} search={{ version: one.to }} {...link} />
  ) : (
    <Link to="/products/$product" params={params} {...link} />
  );
}
