import { Button, Stack } from "@mantine/core";
import { FileCheck, FileJson, Printer } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useHost } from "@/api/context";
import { files, type ReadinessSignOff } from "@/api/readiness";
import { useSignOff, useSignOffs } from "@/api/readiness-queries";
import { CopyAction } from "@/components/CopyAction";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Panel } from "@/components/Panel";
import { moment } from "@/lib/format";
import classes from "./Readiness.module.css";

const verify = "toolcrib-check verify FILE";

/** Signed statements of how the check stood (I8). */
export function SignOffs({ check }: { check: string }) {
  const { t } = useTranslation();
  const all = useSignOffs(check);
  const sign = useSignOff(check);
  const failure = sign.error ?? all.error;
  return (
    <Panel
      title={t("readinessSign.signOff")}
      lead={t("readinessSign.signOffLead")}
      aside={
        <Button
          leftSection={<FileCheck size={16} />}
          loading={sign.isPending}
          onClick={() => sign.mutate()}
          flex="none"
          data-testid="sign-off"
        >
          {t("readinessSign.sign")}
        </Button>
      }
    >
      <Stack gap="md">
        {failure ? <FailureNotice failure={failure} remedies={{ retry: () => void all.refetch() }} /> : null}
        {all.isPending ? <Loading /> : null}
        {all.data?.length === 0 ? <p className={classes.muted}>{t("readinessSign.signNone")}</p> : null}
        <ul className={classes.list}>
          {all.data?.map((one) => (
            <li key={one.sign_off} className={classes.between}>
              <span>{t("readinessSign.signedBy", { name: one.signed_by, when: moment(one.signed_at) })}</span>
              <Files check={check} signOff={one} />
            </li>
          ))}
        </ul>
        <div className={classes.row}>
          <span className={classes.muted}>{t("readinessSign.verify")}</span>
          <code className={classes.digest}>{verify}</code>
          <CopyAction value={verify} label={t("common.copy")} />
        </div>
      </Stack>
    </Panel>
  );
}

function Files({ check, signOff }: { check: string; signOff: ReadinessSignOff }) {
  const { t } = useTranslation();
  const inBrowser = useHost().host.kind === "browser";
  if (!inBrowser) return <span className={classes.muted}>{t("readiness.inPortal")}</span>;
  const link = (format: "json" | "html") => files.signOff(check, signOff.sign_off, format);
  return (
    <span className={classes.row}>
      <Button
        component="a"
        size="xs"
        variant="default"
        href={link("json")}
        download
        leftSection={<FileJson size={15} />}
      >
        {t("readinessSign.json")}
      </Button>
      <Button
        component="a"
        size="xs"
        variant="default"
        href={link("html")}
        download
        leftSection={<Printer size={15} />}
      >
        {t("readinessSign.html")}
      </Button>
    </span>
  );
}
