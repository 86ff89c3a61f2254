import { useId, useState } from "react";
import { UnstyledButton } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { PreviewComputer, PreviewCount } from "@/api/update-policies";
import { useNow } from "@/lib/use-now";
import { dueOf, dueText, likeness, outcomeOf, reasonOf } from "./fates";
import { useProductNames } from "./use-product-names";
import classes from "./Policies.module.css";

interface PreviewCauseProps {
  count: PreviewCount;
  computers: readonly PreviewComputer[];
}

/** Computers that fare alike: how many, what they get, when and why; opened it lists them. */
export function PreviewCause({ count, computers }: PreviewCauseProps) {
  const { t } = useTranslation();
  const names = useProductNames();
  const listId = useId();
  const [open, setOpen] = useState(false);
  const { product, fate, computer_count } = count;
  const name = names.get(product) ?? product;
  const reason = reasonOf(fate, t);
  const policy = fate?.policy_name;
  const isOther = policy && policy !== t("policyPreview.self");
  return (
    <li className={classes.cause} data-outcome={outcomeOf(fate)}>
      <UnstyledButton
        className={classes.causeHead}
        aria-expanded={open}
        {...(open ? { "aria-controls": listId } : {})}
        onClick={() => setOpen(!open)}
        data-testid="preview-cause"
      >
        <b className={classes.figure}>{computer_count}</b>
        <span>
          <span className={classes.causeTitle}>
            {fate ? t("policyPreview.release", { product: name, version: fate.version }) : name}
          </span>
          <When count={count} />
          {reason ? <span className={classes.detail}>{reason}</span> : null}
          {isOther ? <span className={classes.detail}>{t("policyPreview.by", { policy })}</span> : null}
        </span>
        <ChevronDown size={16} aria-hidden="true" className={classes.chevron} />
      </UnstyledButton>
      {open ? <Alike id={listId} count={count} computers={computers} /> : null}
    </li>
  );
}

function When({ count: { fate } }: { count: PreviewCount }) {
  const { t } = useTranslation();
  const now = useNow();
  const due = dueOf(fate);
  const words = {
    due: () => dueText(due ?? "", now, t),
    held: () => t("policyPreview.never"),
    free: () => t("policyPreview.byHand"),
    current: () => t("policyPreview.upToDate"),
  };
  return <span className={classes.when}>{words[outcomeOf(fate)]()}</span>;
}

function Alike({ id, count, computers }: PreviewCauseProps & { id: string }) {
  const { t } = useTranslation();
  const alike = computers.filter((computer) => likeness(computer) === likeness(count));
  return (
    <div id={id} className={classes.alike} role="group" aria-label={t("policyPreview.computers")}>
      <ul className={classes.computers}>
        {alike.map(({ device, name, user_id, installed }) => (
          <li key={device}>
            <span className={classes.computer}>{name}</span>
            <span className={classes.detail}>
              {user_id} · {t("policyPreview.installed", { version: installed })}
            </span>
          </li>
        ))}
      </ul>
      {alike.length < count.computer_count ? (
        <p className={classes.detail}>{t("policyPreview.listed", { count: alike.length })}</p>
      ) : null}
    </div>
  );
}
