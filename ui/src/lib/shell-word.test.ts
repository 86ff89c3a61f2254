import { expect, it } from "vitest";
import { shellWord } from "./shell-word";

it.each([
  ["/srv/a-1.0/b", "linux-x86_64", "/srv/a-1.0/b"],
  ["/home/uma/Sample Studio", "linux-x86_64", "'/home/uma/Sample Studio'"],
  ["/home/o'neil/$x", "linux-x86_64", "'/home/o'\\''neil/$x'"],
  ["C:\\Users\\Uma Patel\\x", "windows-x86_64", '"C:\\Users\\Uma Patel\\x"'],
])("%s is one word on %s", (path, platform, word) => {
  expect(shellWord(path, platform)).toBe(word);
});
