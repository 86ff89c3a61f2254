import { expect, it } from "vitest";
import { csv } from "./csv";

it("quotes what would break the row", () => {
  expect(csv([["a,b", 'say "yes"', "two\nlines", "plain"]])).toBe(
    '"a,b","say ""yes""","two\nlines",plain\r\n',
  );
});

it("leaves no formula to a spreadsheet", () => {
  expect(csv([["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "1-1"]])).toBe("'=1+1,'+1,'-1,'@SUM(A1),'\tx,1-1\r\n");
});
