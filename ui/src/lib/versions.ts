/** Compares two semantic versions without build data; positive when the first is the newer. */
export function compareVersions(left: string, right: string): number {
  const [leftCore = "", leftPre] = split(left);
  const [rightCore = "", rightPre] = split(right);
  const core = compareDotted(leftCore, rightCore);
  if (core !== 0) return core;
  if (leftPre === undefined || rightPre === undefined) {
    return Number(leftPre === undefined) - Number(rightPre === undefined);
  }
  return compareDotted(leftPre, rightPre);
}

function split(version: string): [string, string | undefined] {
  const [bare = ""] = version.split("+");
  const dash = bare.indexOf("-");
  return dash < 0 ? [bare, undefined] : [bare.slice(0, dash), bare.slice(dash + 1)];
}

function compareDotted(left: string, right: string): number {
  const [a, b] = [left.split("."), right.split(".")];
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const [x, y] = [a[at], b[at]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    const order = /^\d+$/.test(x) && /^\d+$/.test(y) ? Number(x) - Number(y) : x.localeCompare(y);
    if (order !== 0) return order;
  }
  return 0;
}
