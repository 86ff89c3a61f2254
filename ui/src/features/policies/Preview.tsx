import { useDebouncedValue } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { PolicyPreview, UpdatePolicyRule } from "@/api/update-policies";
import { usePolicyPreview } from "@/api/update-policy-queries";
import { FailureNotice } from "@/components/FailureNotice";
import { Loading } from "@/components/Loading";
import { Panel } from "@/components/Panel";
import { useNow } from "@/lib/use-now";
import { dueText, likeness, sumsOf } from "./fates";
import { PreviewCause } from "./PreviewCause";
import classes from "./Policies.module.css";

/** How long typing has to rest before it is judged. */
const restMs = 400;

interface PreviewProps {
  contract: string;
  /** The policy that it takes the place of. */
  policy: string | null;
  /** What would be said; null where it makes no sense as it stands. */
  rule: UpdatePolicyRule | null;
  /** Whether nobody was chosen yet. */
  lacksPeople: boolean;
}

/** Who would get what and when, while it is being written. */
export function Preview({ contract, policy, rule, lacksPeople }: PreviewProps) {
  const { t } = useTranslation();
  // The name decides nothing, and one that is taken or missing must not keep anybody from looking.
  const judged = rule ? JSON.stringify({ ...rule, name: t("policyPreview.self") }) : null;
  const [rested] = useDebouncedValue(judged, restMs);
  const asked = rested === null ? null : (JSON.parse(rested) as UpdatePolicyRule);
  const preview = usePolicyPreview(contract, policy, asked);
  const late = judged !== rested || preview.isFetching;
  return (
    <Panel title={t("policyPreview.title")} lead={t("policyPreview.lead")}>
      {judged === null ? (
        <p className={classes.muted}>{t(lacksPeople ? "policyPreview.waiting" : "policyPreview.mend")}</p>
      ) : null}
      {judged !== null && preview.error ? (
        <FailureNotice failure={preview.error} remedies={{ retry: () => void preview.refetch() }} />
      ) : null}
      {judged !== null && !preview.error && !preview.data ? <Loading /> : null}
      {judged !== null && !preview.error && preview.data ? (
        <div className={classes.foreseen} data-late={late || undefined} aria-busy={late}>
          <Foreseen preview={preview.data} />
        </div>
      ) : null}
    </Panel>
  );
}

function Foreseen({ preview }: { preview: PolicyPreview }) {
  const { t } = useTranslation();
  if (preview.computer_count === 0) return <p className={classes.muted}>{t("policyPreview.none")}</p>;
  return (
    <>
      <Headline preview={preview} />
      <ul className={classes.causes}>
        {preview.counts.map((count) => (
          <PreviewCause key={likeness(count)} count={count} computers={preview.computers} />
        ))}
      </ul>
      <p className={classes.detail}>{t("policyPreview.counted")}</p>
    </>
  );
}

function Headline({ preview }: { preview: PolicyPreview }) {
  const { t } = useTranslation();
  const now = useNow();
  const { first, firstCount, ...rest } = sumsOf(preview);
  const others = (["later", "held", "free", "current"] as const)
    .filter((what) => rest[what] > 0)
    .map((what) => t(`policyPreview.${what}`, { count: rest[what] }));
  const due = first ? [t("policyPreview.at", { count: firstCount, when: dueText(first, now, t) })] : [];
  return (
    <p className={classes.headline} aria-live="polite" data-testid="preview-headline">
      {[...due, ...others].join(", ")}
    </p>
  );
}
