import type { CheckView, DoctorView, Finding, Subject, Whom } from "@/api/native.gen";

function check(subject: Subject, found: string, change: Partial<CheckView> = {}): CheckView {
  return { subject, finding: "good", verdict: "pass", found, advice: null, whom: "nobody", ...change };
}

function unseen(subject: Subject): CheckView {
  return check(subject, "Could not be looked at.", { finding: "not_looked_at" });
}

function wrong(subject: Subject, finding: Finding, whom: Whom, found: string, advice: string): CheckView {
  return check(subject, found, { finding, verdict: "fail", whom, advice });
}

const computer = [
  check("home", "/home/uma/.local/share/toolcrib can be written to."),
  check("disk", "82.4 GB free at /home/uma/.local/share/toolcrib."),
  check("secrets", "Kept in the system's keyring."),
  check("network", "This computer has a network."),
  check("name", "`toolcrib.smith.example` is known."),
];

const server = "https://toolcrib.smith.example";
const hosts = ["toolcrib.smith.example", "content.smith.example"];

/** A look at a computer on which everything is well, apart from a clock. */
export const well: DoctorView = {
  verdict: "warn",
  server,
  hosts,
  checks: [
    ...computer,
    check("proxy", "No proxy is in the way."),
    check("connection", "`toolcrib.smith.example` can be reached."),
    check("protection", "The server proved who it is; nobody in between can read along."),
    check("service", "The account service answers."),
    check("clock", "The clock of this computer is 4 h 12 min 3 s behind the server's.", {
      finding: "clock_off",
      verdict: "warn",
      advice: "Nothing has to be done: while there is a network, the account service's time decides.",
    }),
    check("session", "Signed in."),
    check("licences", "No right was taken away."),
  ],
};

/** A look at a computer in whose network somebody opens protected connections. */
export const intercepted: DoctorView = {
  verdict: "fail",
  server,
  hosts: hosts.slice(0, 1),
  checks: [
    ...computer,
    check("proxy", "No proxy is in the way."),
    check("connection", "`toolcrib.smith.example` can be reached."),
    wrong(
      "protection",
      "intercepted",
      "network",
      "The certificate for `toolcrib.smith.example` comes from “Example Inspection CA”, whom this computer does not trust.",
      "If your organisation inspects connections, ask for the issuer's certificate to be added to the trusted ones of this computer, or for the host names below to be left alone. If it does not, do not sign in on this network.",
    ),
    unseen("service"),
    check("clock", "As the server's."),
    unseen("session"),
    check("licences", "No right was taken away."),
  ],
};
