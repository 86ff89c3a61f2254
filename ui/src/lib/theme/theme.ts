import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** Deep teal, the colour of ink on a tool chest. */
const ink: MantineColorsTuple = [
  "#eaf4f3",
  "#d3e8e6",
  "#a8d2cf",
  "#7cbcb8",
  "#4d9f9b",
  "#2c8480",
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

/** Toolcrib's look: flat surfaces, thin lines, one ink. */
export const theme = createTheme({
  colors: { ink, copper, gray, dark },
  primaryColor: "ink",
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
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
    Modal: { defaultProps: { centered: true, radius: "lg", overlayProps: { backgroundOpacity: 0.45 } } },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.45 } } },
    Menu: { defaultProps: { shadow: "sm", radius: "md" } },
    Tooltip: { defaultProps: { openDelay: 300 } },
  },
});
