import type { JobFacts } from "./job-facts";

/** The page on which a job of that kind is followed to its end. */
export function jobPlace(kind: JobFacts["kind"]) {
  return kind === "download" ? "/products/$product/download" : "/products/$product/install";
}
