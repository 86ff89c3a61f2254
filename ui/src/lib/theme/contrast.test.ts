import { expect, it } from "vitest";
import tokens from "./tokens.css?raw";

const schemes = tokens.split("}").slice(0, 2);

/** A colour of a scheme, as three parts of 0 to 1. */
function colour(scheme: string, name: string): number[] {
  const found = new RegExp(`--tc-${name}: #([0-9a-f]{6});`).exec(scheme)?.[1] ?? "";
  return [0, 2, 4].map((at) => Number.parseInt(found.slice(at, at + 2), 16) / 255);
}

/** How bright it is, as WCAG counts it. */
function brightness(scheme: string, name: string): number {
  const [red = 0, green = 0, blue = 0] = colour(scheme, name).map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of text on a ground: 1 to 21. */
function contrast(scheme: string, text: string, ground: string): number {
  const [dark = 0, light = 0] = [brightness(scheme, text), brightness(scheme, ground)].toSorted(
    (a, b) => a - b,
  );
  return (light + 0.05) / (dark + 0.05);
}

it.each([
  ["text", "sunken"], // what is set by the organisation
  ["text", "surface"],
  ["muted", "surface"],
  ["muted", "ground"],
  ["link", "surface"],
])("%s on %s is read in both schemes", (text, ground) => {
  expect(schemes.map((scheme) => contrast(scheme, text, ground)).every((one) => one >= 4.5)).toBe(true);
});
