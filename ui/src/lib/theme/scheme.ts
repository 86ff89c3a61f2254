/**
 * Sets light or dark before the first paint. Mantine offers this as an inline script, which the strict content
 * policy forbids, so it is the first module of the bundle.
 */
function keptScheme(): string | null {
  try {
    return localStorage.getItem("mantine-color-scheme-value");
  } catch {
    return null; // storage may be switched off; the system's scheme then decides
  }
}

const kept = keptScheme();
const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
const scheme = kept === "dark" || kept === "light" ? kept : system;
document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
