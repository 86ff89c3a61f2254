import { SegmentedControl, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Light, dark, or as the system has it. */
export function SchemeSwitch({
  fullWidth = false,
  size = "xs",
}: {
  fullWidth?: boolean;
  size?: "xs" | "sm";
}) {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size={size}
      fullWidth={fullWidth}
      aria-label={t("shell.scheme")}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as MantineColorScheme)}
      data={[
        { value: "light", label: t("shell.light") },
        { value: "dark", label: t("shell.dark") },
        { value: "auto", label: t("shell.auto") },
      ]}
    />
  );
}
