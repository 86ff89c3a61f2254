import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

/** Deep teal, the colour of ink on a tool chest. */
const ink: MantineColorsTuple = [
  "#eaf4f3",
  "#d3e8e6",
  "#a8d2cf",
  "#7cbcb8",
  "#4d9f9b",
  "#237f7b",
  "#1b6f6c",
  "#135b5a",
  "#0e4647",
  "#0a3536",
];

/** The warm accent, used sparingly: marks, the current place, nothing else. */
const copper: MantineColorsTuple = [
  "#fdf3e9",
  "#f9e1ca",
  "#f3c499",
  "#eca567",
  "#e58b3f",
  "#d97424",
  "#b85c16",
  "#96490f",
  "#75380b",
  "#562807",
];

/** For what removes or stops something. */
const brick: MantineColorsTuple = [
  "#fbeceb",
  "#f4d3d0",
  "#eaa7a2",
  "#df7a73",
  "#d2544b",
  "#c23a31",
  "#b42d25",
  "#a8231c",
  "#871b15",
  "#66140f",
];

/** Warm greys for light, inked greys for dark. */
const gray: MantineColorsTuple = [
  "#f8f7f4",
  "#f0eee9",
  "#e4e1da",
  "#d5d1c8",
  "#bab5aa",
  "#8d887d",
  "#66625a",
  "#4a4741",
  "#32302c",
  "#1f1e1b",
];
const dark: MantineColorsTuple = [
  "#e4ebe9",
  "#c6d0ce",
  "#9fadaa",
  "#71807d",
  "#35423f",
  "#2a3634",
  "#1e2827",
  "#151d1c",
  "#0f1615",
  "#0a0f0f",
];

const heading = { fontSize: "1.125rem", fontWeight: 650 };

/** Toolcrib's look: flat surfaces, thin lines, one ink. */
export const theme = createTheme({
  colors: { ink, copper, brick, gray, dark },
  primaryColor: "ink",
  primaryShade: { light: 7, dark: 5 },
  black: "#16211f",
  white: "#ffffff",
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace",
  headings: {
    fontFamily: "'Inter Variable', system-ui, sans-serif",
    fontWeight: "650",
    sizes: {
      h1: { fontSize: "1.625rem", lineHeight: "1.25" },
      h2: { fontSize: "1.125rem", lineHeight: "1.35" },
      h3: { fontSize: "1rem", lineHeight: "1.4" },
    },
  },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: { centered: true, radius: "lg", overlayProps: { backgroundOpacity: 0.45 } },
      styles: { title: heading },
    },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.45 } }, styles: { title: heading } },
    Menu: { defaultProps: { shadow: "sm", radius: "md", withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { openDelay: 300 } },
  },
});

/** Mantine's own purposes, told in Toolcrib's (see `tokens.css`). */
export const purposes: CSSVariablesResolver = () => {
  const both = {
    "--mantine-color-anchor": "var(--tc-link)",
    "--mantine-color-body": "var(--tc-surface)",
    "--mantine-color-dimmed": "var(--tc-muted)",
    "--mantine-color-text": "var(--tc-text)",
    "--mantine-color-error": "var(--tc-bad)",
    "--mantine-color-placeholder": "var(--tc-placeholder)",
    "--mantine-color-default-border": "var(--tc-line-field)",
    "--mantine-color-default": "var(--tc-surface)",
  };
  return { variables: {}, light: both, dark: { ...both, "--mantine-color-default": "var(--tc-sunken)" } };
};
