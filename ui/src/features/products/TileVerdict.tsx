import { useState } from "react";
import { Collapse, Loader, UnstyledButton } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ReportView } from "@/api/native.gen";
import { useCheck } from "@/api/queries";
import { RuleList } from "@/components/RuleList";
import { VerdictMark } from "@/components/VerdictMark";
import classes from "./TileVerdict.module.css";

interface TileVerdictProps {
  product: string;
  name: string;
  version: string | null;
}

/** Whether this computer is ready, before the button (S-106). The requirements fold out. */
export function TileVerdict({ product, name, version }: TileVerdictProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const check = useCheck(product, version, version !== null);
  const sentence = useSentence();
  if (version === null) return null;
  return (
    <div data-testid={`product-verdict-${product}`} data-verdict={check.data?.verdict ?? "unknown"}>
      {check.isPending ? (
        <p className={classes.line}>
          <Loader size={16} aria-hidden="true" />
          <span>{t("products.verdict.running")}</span>
        </p>
      ) : null}
      {check.error ? <p className={classes.muted}>{t("products.verdict.unavailable")}</p> : null}
      {check.data ? (
        <>
          <UnstyledButton
            className={classes.line}
            aria-expanded={open}
            aria-label={`${t("products.verdict.expand", { name })}: ${sentence(check.data)}`}
            onClick={() => setOpen((now) => !now)}
          >
            <VerdictMark verdict={check.data.verdict} />
            <span>{sentence(check.data)}</span>
            <ChevronDown
              size={16}
              className={classes.chevron}
              data-open={open || undefined}
              aria-hidden="true"
            />
          </UnstyledButton>
          <Collapse expanded={open}>
            <div className={classes.rules}>
              <RuleList rules={check.data.rules} compact />
            </div>
          </Collapse>
        </>
      ) : null}
    </div>
  );
}

function useSentence(): (report: ReportView) => string {
  const { t } = useTranslation();
  return ({ verdict, rules }) =>
    verdict === "pass"
      ? t("products.verdict.pass")
      : t(`products.verdict.${verdict}`, { count: rules.filter((rule) => rule.verdict === verdict).length });
}
