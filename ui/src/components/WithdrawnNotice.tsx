import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Failure } from "@/lib/failure";
import { asSentence } from "@/lib/sentence";
import { FailureNotice } from "./FailureNotice";
import { Notice } from "./Notice";

interface Way {
  readonly way: "update" | "roll_back" | "wait";
  readonly version: string | null;
  readonly sentence: string;
}

/** What helps, and the way back to a release that is here. */
interface WayOut {
  readonly way: Way | null;
  readonly takenBack: readonly { readonly version: string; readonly reason: string | null }[];
  readonly isPending: boolean;
  readonly error: Failure | null;
  goBack(version: string): void;
}

interface WithdrawnNoticeProps {
  installed: { readonly product: string; readonly name: string; readonly version: string };
  wayOut: WayOut;
  /** Whether something is being done with the product. */
  busy?: boolean;
  /** Whether a button for the update stands beside it already. */
  besideUpdate?: boolean;
}

/** That the vendor took back what is installed, why, and what to do about it (B-65). */
export function WithdrawnNotice({
  installed,
  wayOut,
  busy = false,
  besideUpdate = false,
}: WithdrawnNoticeProps) {
  const { t } = useTranslation();
  const { product, name, version } = installed;
  const { way, takenBack } = wayOut;
  const gone = takenBack.find((one) => one.version === version);
  if (!gone || !way) return null;
  return (
    <>
      <Notice
        tone="warn"
        urgent
        title={t("withdrawn.title", { name, version })}
        action={
          besideUpdate && way.way === "update" ? null : (
            <WayButton
              product={product}
              way={way}
              busy={busy}
              pending={wayOut.isPending}
              onBack={wayOut.goBack}
            />
          )
        }
      >
        {gone.reason ? <p data-testid="withdrawn-reason">{asSentence(gone.reason)}</p> : null}
        <p data-testid="withdrawn-way">{way.sentence}</p>
      </Notice>
      {wayOut.error ? <FailureNotice failure={wayOut.error} /> : null}
    </>
  );
}

interface WayButtonProps {
  product: string;
  way: Way;
  busy: boolean;
  pending: boolean;
  onBack: (version: string) => void;
}

function WayButton({ product, way, busy, pending, onBack }: WayButtonProps) {
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
