import { Modal } from "@mantine/core";
import { FileX } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Failure } from "@/lib/failure";
import { EmptyState } from "./EmptyState";
import { FailureNotice } from "./FailureNotice";
import { Loading } from "./Loading";
import { Notice } from "./Notice";
import { PathText } from "./PathText";
import classes from "./ReadMeDialog.module.css";

/** More lines than this are scrolled. */
const mostRows = 24;

/** What is known of the read-me of a release. */
export interface ReadMeFacts {
  readonly name: string;
  readonly version: string;
  /** Its path in the package; null where the release has none. */
  readonly file: string | null;
  readonly text: string | null;
  readonly replaced_count: number;
  readonly refusal: "too_large" | "not_text" | null;
  /** Where the file lies on this computer. */
  readonly place: string | null;
}

interface ReadMeDialogProps {
  /** The product's name. */
  name: string;
  opened: boolean;
  readMe: ReadMeFacts | undefined;
  failure: Failure | null;
  onAskAgain: () => void;
  onClose: () => void;
}

/** The read-me of a release, letter by letter: what a vendor wrote is never taken for markup. */
export function ReadMeDialog({ name, opened, readMe, failure, onAskAgain, onClose }: ReadMeDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("readMe.title", { name })}
      size="46rem"
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {failure ? <FailureNotice failure={failure} remedies={{ retry: onAskAgain }} /> : null}
      {!failure && !readMe ? <Loading /> : null}
      {!failure && readMe ? <Content readMe={readMe} /> : null}
    </Modal>
  );
}

function Content({ readMe }: { readMe: ReadMeFacts }) {
  const { t } = useTranslation();
  const { name, version, file, text, refusal } = readMe;
  if (file === null) {
    return (
      <EmptyState icon={FileX} title={t("readMe.noneTitle", { name, version })} text={t("readMe.noneText")} />
    );
  }
  if (refusal !== null || text === null) return <Refused file={file} readMe={readMe} />;
  return (
    <>
      <p className={classes.source}>{t("readMe.source", { version, file })}</p>
      {readMe.replaced_count > 0 ? (
        <p className={classes.source} data-testid="read-me-replaced">
          {t("readMe.replaced", { count: readMe.replaced_count })}
        </p>
      ) : null}
      <textarea
        className={classes.text}
        aria-label={t("readMe.title", { name })}
        readOnly
        spellCheck={false}
        rows={Math.min(text.split("\n").length, mostRows)}
        value={text}
        data-autofocus
        data-testid="read-me-text"
      />
    </>
  );
}

/** Why it is not shown, and where it can be read instead. */
function Refused({ file, readMe }: { file: string; readMe: ReadMeFacts }) {
  const { t } = useTranslation();
  const { refusal, place } = readMe;
  return (
    <Notice tone="warn" title={t("readMe.refusedTitle")}>
      <p>{t(`readMe.refused.${refusal ?? "not_text"}`, { file })}</p>
      {place === null ? (
        <p>{t("readMe.instead")}</p>
      ) : (
        <p>
          {t("readMe.insteadPlace")} <PathText path={place} />
        </p>
      )}
    </Notice>
  );
}
