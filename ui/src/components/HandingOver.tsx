import { useEffect, useState } from "react";
import { Button, CopyButton, Loader, Stack } from "@mantine/core";
import { Check, Copy, Download, ExternalLink } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { FailureFacts } from "@/lib/failure";
import { clock } from "@/lib/format";
import { FailureNotice } from "./FailureNotice";
import { Loading } from "./Loading";
import classes from "./InstallNow.module.css";

/** How long the program may take to come before other ways are offered (U6). */
const patience = 10_000;

/** A hand-over that was made: the one-time link, and until when it works. */
export interface HandOver {
  readonly link: string;
  readonly expires_at: string;
}

interface HandingOverProps {
  /** The hand-over that was made last, and by which the program was called. */
  made: HandOver | null;
  failure: FailureFacts | null;
  onAgain: () => void;
  onSave: () => void;
}

/** From the click to the program: a page cannot see whether it came, so after a while it offers what else helps. */
export function HandingOver({ made, failure, onAgain, onSave }: HandingOverProps) {
  const { t } = useTranslation();
  const waited = useWaited(made?.link ?? null);
  if (failure) return <FailureNotice failure={failure} remedies={{ retry: onAgain }} />;
  if (!made) return <Loading />;
  return (
    <Stack gap="md">
      <p className={classes.opening} role="status">
        {waited ? null : <Loader size="sm" aria-hidden="true" />}
        <span>{t(waited ? "handOver.opened" : "handOver.opening")}</span>
      </p>
      {waited ? <OtherWays made={made} onAgain={onAgain} onSave={onSave} /> : null}
    </Stack>
  );
}

function OtherWays({ made, onAgain, onSave }: Omit<HandingOverProps, "failure"> & { made: HandOver }) {
  const { t } = useTranslation();
  return (
    <>
      <h3 className={classes.nothing}>{t("handOver.nothing")}</h3>
      <ul className={classes.ways} data-testid="hand-over-ways">
        <li className={classes.way}>
          <Button
            size="xs"
            leftSection={<ExternalLink size={15} />}
            data-testid="hand-over-again"
            onClick={onAgain}
          >
            {t("handOver.again")}
          </Button>
          <p>{t("handOver.againText")}</p>
        </li>
        <li className={classes.way}>
          <CopyButton value={made.link} timeout={2000}>
            {({ copied, copy }) => (
              <Button
                size="xs"
                variant="default"
                leftSection={copied ? <Check size={15} /> : <Copy size={15} />}
                data-testid="hand-over-copy"
                onClick={copy}
              >
                {t(copied ? "common.copied" : "handOver.copy")}
              </Button>
            )}
          </CopyButton>
          <p>{t("handOver.copyText", { time: clock(made.expires_at) })}</p>
        </li>
        <li className={classes.way}>
          <Button
            size="xs"
            variant="default"
            leftSection={<Download size={15} />}
            data-testid="hand-over-save"
            onClick={onSave}
          >
            {t("handOver.saveLater")}
          </Button>
          <p>{t("handOver.saveText")}</p>
        </li>
        <li className={classes.way}>
          <b>{t("handOver.missing")}</b>
          <p>{t("handOver.missingText")}</p>
        </li>
      </ul>
    </>
  );
}

/** Whether the program had its time since this link was opened. */
function useWaited(link: string | null): boolean {
  const [waited, setWaited] = useState<string | null>(null);
  useEffect(() => {
    if (link === null) return undefined;
    const timer = setTimeout(() => setWaited(link), patience);
    return () => clearTimeout(timer);
  }, [link]);
  return link !== null && waited === link;
}
