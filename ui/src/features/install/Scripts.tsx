import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Panel } from "@/components/Panel";
import classes from "./Terms.module.css";

interface ScriptsProps {
  scripts: readonly string[];
  agreed: boolean;
  onAgreed: (agreed: boolean) => void;
}

/** The scripts of a release, which are run only if the person agrees; without them the rest is installed. */
export function Scripts({ scripts, agreed, onAgreed }: ScriptsProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t("install.scripts")} lead={t("install.scriptsLead")}>
      <ul className={classes.list}>
        {scripts.map((script) => (
          <li key={script}>
            <code>{script}</code>
          </li>
        ))}
      </ul>
      <Checkbox
        data-testid="allow-scripts"
        checked={agreed}
        onChange={(event) => onAgreed(event.currentTarget.checked)}
        label={t("install.allowScripts")}
      />
    </Panel>
  );
}
