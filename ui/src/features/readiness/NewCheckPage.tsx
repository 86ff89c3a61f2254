import { useState } from "react";
import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCreateCheck } from "@/api/readiness-queries";
import { BackLink } from "@/components/BackLink";
import { FailureNotice } from "@/components/FailureNotice";
import { PageHead } from "@/components/PageHead";
import { Panel } from "@/components/Panel";
import { useUnsaved } from "@/components/use-unsaved";
import { useNow } from "@/lib/use-now";
import { dayIn, endOf } from "@/lib/day-field";
import { OwnRules } from "./OwnRules";
import { ProductChoice, type Chosen } from "./ProductChoice";
import { parsed } from "./own-rules";
import { namesIn } from "./place";

/** How long a check takes reports unless somebody says otherwise. */
const usualDays = 30;

/** Makes a check: what it asks, of which computers, until when (I1). */
export function NewCheckPage({ onMade }: { onMade: (check: string) => void }) {
  const { t } = useTranslation();
  const now = useNow();
  const create = useCreateCheck();
  const [title, setTitle] = useState("");
  const [chosen, setChosen] = useState<Chosen>({});
  const [rules, setRules] = useState("");
  const [usual] = useState(() => dayIn(usualDays, Date.now()));
  const [until, setUntil] = useState(usual);
  const [expected, setExpected] = useState("");
  const own = parsed(rules);
  const end = endOf(until);
  const later = end !== null && new Date(end).getTime() > now;
  const asks = Object.keys(chosen).length > 0 || (own?.length ?? 0) > 0;
  const written = `${title}${rules}${expected}`.trim() !== "";
  const unsaved = useUnsaved(written || Object.keys(chosen).length > 0 || until !== usual);
  const complete = title.trim() !== "" && own !== null && later && asks;
  const submit = () => {
    if (!complete || !end) return;
    const products = Object.entries(chosen).map(([product, version]) =>
      version ? { product, version } : { product },
    );
    create.mutate(
      { title: title.trim(), products, rules: own, expires_at: end, expected: namesIn(expected) },
      { onSuccess: ({ check }) => onMade(check) },
    );
  };
  return (
    <>
      <PageHead
        title={t("readinessNew.title")}
        lead={t("readinessNew.lead")}
        before={<BackLink to="/readiness">{t("readiness.back")}</BackLink>}
      />
      <Stack gap="lg">
        <Panel>
          <Group gap="md" align="flex-start">
            <TextInput
              label={t("readinessNew.name")}
              placeholder={t("readinessNew.namePlaceholder")}
              value={title}
              maxLength={100}
              required
              onChange={(event) => setTitle(event.currentTarget.value)}
              data-testid="check-title"
            />
            <TextInput
              type="date"
              label={t("readinessNew.ends")}
              value={until}
              error={later ? null : t("readinessNew.endPassed")}
              onChange={(event) => setUntil(event.currentTarget.value)}
              data-testid="check-until"
            />
          </Group>
        </Panel>
        <ProductChoice chosen={chosen} onChosen={setChosen} />
        <OwnRules text={rules} onText={setRules} />
        <Panel title={t("readinessNew.expected")} lead={t("readinessNew.expectedLead")}>
          <Textarea
            aria-label={t("readinessNew.expected")}
            value={expected}
            autosize
            minRows={3}
            maxRows={12}
            onChange={(event) => setExpected(event.currentTarget.value)}
            data-testid="check-expected"
          />
        </Panel>
        {create.error ? <FailureNotice failure={create.error} /> : null}
        <Group justify="flex-end">
          <Button component={Link} to="/readiness" variant="default">
            {t("readinessNew.cancel")}
          </Button>
          <Button disabled={!complete} loading={create.isPending} onClick={submit} data-testid="check-create">
            {t("readinessNew.create")}
          </Button>
        </Group>
      </Stack>
      {unsaved.question}
    </>
  );
}
