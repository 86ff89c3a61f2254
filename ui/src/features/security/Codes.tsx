import { Button, CopyButton, Group, Stack, Text } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Notice } from "@/components/Notice";
import classes from "./SecurityPage.module.css";

/** Recovery codes, shown this once. */
export function Codes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Notice tone="info" title={t("security.codesTitle")} urgent>
        {t("security.codesText")}
      </Notice>
      <ul className={classes.codes} data-testid="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Text size="sm" c="dimmed">
        {t("security.codesOnce")}
      </Text>
      <Group justify="flex-end">
        <CopyButton value={codes.join("\n")} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={copied ? <Check size={16} /> : <Copy size={16} />}
            >
              {t(copied ? "common.copied" : "security.copyCodes")}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone} data-testid="codes-kept">
          {t("security.codesKept")}
        </Button>
      </Group>
    </Stack>
  );
}
