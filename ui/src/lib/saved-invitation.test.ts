import { expect, it } from "vitest";
import vectors from "../../../tests/vectors/invitation.json";
import { invitationName, invitationText } from "./saved-invitation";

const studio = { server: "https://crib.example", product: "sample-studio" };

it("writes what the program reads: the vectors that both know", () => {
  const plain: unknown = JSON.parse(invitationText({ ...studio, version: null }));
  expect(vectors.files).toContainEqual(plain);
  expect(JSON.parse(invitationText({ ...studio, version: "2.0.0" }))).toEqual({
    schema: 1,
    ...studio,
    version: "2.0.0",
  });
});

it("names the file after the product, and takes out what no file system takes", () => {
  expect(invitationName("Sample Studio", "2.0.0")).toBe("Sample Studio 2.0.0.toolcrib");
  expect(invitationName('a/b\\c:"d"', null)).toBe("a b c d.toolcrib");
  expect(invitationName("../..", null)).toBe(".. ...toolcrib");
  expect(invitationName("", null)).toBe("install.toolcrib");
});
