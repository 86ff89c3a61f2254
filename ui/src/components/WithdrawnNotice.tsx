import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useRollBack } from "@/api/actions";
import type { InstalledView, WayOutView } from "@/api/native.gen";
import { useOffer } from "@/api/offers";
import { asSentence } from "@/lib/sentence";
import { FailureNotice } from "./FailureNotice";
import { Notice } from "./Notice";

interface WithdrawnNoticeProps {
  installed: InstalledView;
  /** Whether something is being done with the product. */
  busy?: boolean;
  /** Whether a button for the update stands beside it already. */
  besideUpdate?: boolean;
}

/** That the vendor took back what is installed, why, and what to do about it (B-65). */
export function WithdrawnNotice({ installed, busy = false, besideUpdate = false }: WithdrawnNoticeProps) {
  const { t } = useTranslation();
  const { product, name, version } = installed;
  const offer = useOffer(product);
  const back = useRollBack(product);
  const way = offer?.way_out ?? null;
  const gone = offer?.taken_back.find((one) => one.version === version);
  if (!gone || !way) return null;
  return (
    <>
      <Notice
        tone="warn"
        urgent
        title={t("withdrawn.title", { name, version })}
        action={
          besideUpdate && way.way === "update" ? null : (
            <Way
              product={product}
              way={way}
              busy={busy}
              pending={back.isPending}
              onBack={(to) => back.mutate(to)}
            />
          )
        }
      >
        {gone.reason ? <p data-testid="withdrawn-reason">{asSentence(gone.reason)}</p> : null}
        <p data-testid="withdrawn-way">{way.sentence}</p>
      </Notice>
      {back.error ? <FailureNotice failure={back.error} /> : null}
    </>
  );
}

interface WayProps {
  product: string;
  way: WayOutView;
  busy: boolean;
  pending: boolean;
  onBack: (version: string) => void;
}

function Way({ product, way, busy, pending, onBack }: WayProps) {
  const { t } = useTranslation();
  const { version } = way;
  if (version === null || way.way === "wait") return null;
  const label = t(`withdrawn.${way.way}`, { version });
  const shared = { size: "xs", variant: "default", disabled: busy } as const;
  if (way.way === "roll_back") {
    return (
      <Button
        {...shared}
        data-testid={`way-out-${product}`}
        loading={pending}
        onClick={() => onBack(version)}
      >
        {label}
      </Button>
    );
  }
  return (
    <Button
      {...shared}
      data-testid={`way-out-${product}`}
      renderRoot={(props) => (
        <Link to="/products/$product/install" params={{ product }} search={{ version }} {...props} />
      )}
    >
      {label}
    </Button>
  );
}
