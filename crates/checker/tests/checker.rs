//! The checker as an admin runs it: a real program, real files, a real server on this computer.

mod common;

use common::{Bench, Server};

#[test]
fn a_ready_computer_passes_and_leaves_a_report_that_verifies() {
    let bench = Bench::with_rules(
        r#"[{"id":"os","text":{"en":"System","de":"Betriebssystem"},"fix":"Use another.","minimum":{"fact":"os.family","one_of":["linux","windows","macos"]}}]"#,
    );
    let run = bench.run(&["--trust", &bench.key_id(), "--out", "."]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.stdout.contains("pass  System:"), "{run:?}");
    let report = bench.report();
    let verified = bench.run(&[
        "verify",
        &report,
        "--bundle",
        "readiness-bundle.json",
        "--trust",
        &bench.key_id(),
    ]);
    assert_eq!(verified.status, 0, "{verified:?}");
    assert!(
        verified.stdout.contains("its verdicts follow from its facts"),
        "{verified:?}"
    );
}

#[test]
fn the_verdict_is_the_exit_status_and_says_what_to_do() {
    let bench = Bench::with_rules(
        r#"[{"id":"cores","text":"Cores","fix":"Use a computer with more cores.","link":"https://vendor.example/cores","minimum":{"fact":"cpu.cores","at_least":100000}}]"#,
    );
    let run = bench.run(&[]);
    assert_eq!(run.status, 20, "{run:?}");
    assert!(
        run.stdout
            .contains("Use a computer with more cores. See https://vendor.example/cores"),
        "{run:?}"
    );
    let warned = Bench::with_rules(
        r#"[{"id":"cores","text":"Cores","fix":"F","recommended":{"fact":"cpu.cores","at_least":100000}}]"#,
    );
    assert_eq!(warned.run(&["--quiet"]).status, 10);
}

#[test]
fn texts_come_in_the_asked_language() {
    let bench = Bench::with_rules(
        r#"[{"id":"os","text":{"en":"System","de":"Betriebssystem"},"fix":"x","minimum":{"fact":"os.family","is":"beos"}}]"#,
    );
    let run = bench.run(&["--language", "de-AT"]);
    assert!(run.stdout.contains("FAIL  Betriebssystem:"), "{run:?}");
}

#[test]
fn rules_of_another_key_changed_rules_and_expired_rules_are_not_run() {
    let bench = Bench::with_rules("[]");
    let other = bench.run(&["--trust", &"0".repeat(64)]);
    assert_eq!(other.status, 30, "{other:?}");
    assert!(
        other.stderr.contains("not one that is trusted here") && other.stdout.is_empty(),
        "{other:?}"
    );
    bench.change_bundle();
    let changed = bench.run(&[]);
    assert_eq!(changed.status, 30, "{changed:?}");
    assert!(
        changed.stderr.contains("its signature is not good"),
        "{changed:?}"
    );
    let expired = Bench::new("[]", "2020-01-01T00:00:00Z", None).run(&[]);
    assert_eq!(expired.status, 30, "{expired:?}");
    assert!(
        expired.stderr.contains("the check ended on 2020-01-01"),
        "{expired:?}"
    );
}

#[test]
fn a_missing_bundle_says_where_to_put_it() {
    let bench = Bench::with_rules("[]");
    let run = bench.run(&["--bundle", "no-such-file.json"]);
    assert_eq!(run.status, 30, "{run:?}");
    assert!(
        run.stderr
            .contains("Put `readiness-bundle.json` beside this program"),
        "{run:?}"
    );
}

#[test]
fn a_report_is_sent_to_the_signed_address_only_when_asked() {
    let server = Server::answering("201 Created", "");
    let bench = Bench::new("[]", common::NEVER, Some(&server.address()));
    assert_eq!(bench.run(&[]).status, 0);
    assert!(server.received().is_none());
    let run = bench.run(&["--send"]);
    assert!(run.stderr.contains("the signed report was sent"), "{run:?}");
    let body = server.received().expect("a report");
    assert!(
        body.contains("application/vnd.toolcrib.readiness-report+json"),
        "{body}"
    );
}

#[test]
fn a_report_that_is_not_taken_changes_no_verdict_and_says_why() {
    let server = Server::answering("403 Forbidden", r#"{"detail":"this check is closed"}"#);
    let bench = Bench::new("[]", common::NEVER, Some(&server.address()));
    let run = bench.run(&["--send", "--out", "."]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.stderr.contains("status 403: this check is closed"), "{run:?}");
    assert!(std::fs::exists(bench.path(&bench.report())).expect("looked"));
}

#[test]
fn a_computer_keeps_its_key() {
    let bench = Bench::with_rules("[]");
    let device = |run: common::Run| {
        let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        report["device"].as_str().expect("a key").to_owned()
    };
    let first = device(bench.run(&["--json"]));
    assert_eq!(first, device(bench.run(&["--json"])));
    assert_ne!(first, device(Bench::with_rules("[]").run(&["--json"])));
}

#[test]
fn pages_and_tables_are_written_and_rules_are_shown() {
    let bench = Bench::with_rules(
        r#"[{"id":"memory","text":"Memory","fix":"Add some.","minimum":{"fact":"memory.total_bytes","at_least":"1 MiB"}}]"#,
    );
    assert_eq!(
        bench.run(&["--html", "page.html", "--csv", "table.csv"]).status,
        0
    );
    let read = |name: &str| std::fs::read_to_string(bench.path(name)).expect("written");
    assert!(
        read("page.html").contains("This computer is ready.")
            && read("table.csv").contains("memory,Memory,pass")
    );
    let shown = bench.run(&["show"]);
    assert!(
        shown
            .stdout
            .contains("Memory (memory)\n      minimum: at least 1.0 MB"),
        "{shown:?}"
    );
}

#[test]
fn a_tampered_report_and_a_miscounted_sign_off_are_refused() {
    let bench = Bench::with_rules(
        r#"[{"id":"cores","text":"Cores","fix":"F","minimum":{"fact":"cpu.cores","at_least":100000}}]"#,
    );
    bench.forge_report("forged.json");
    let forged = bench.run(&["verify", "forged.json", "--bundle", "readiness-bundle.json"]);
    assert_eq!(forged.status, 1, "{forged:?}");
    assert!(
        forged.stderr.contains("says pass for the rule `cores`"),
        "{forged:?}"
    );
    bench.sign_off("good.json", 1);
    assert_eq!(
        bench
            .run(&["verify", "good.json", "--trust", &bench.key_id()])
            .status,
        0
    );
    bench.sign_off("bad.json", 7);
    assert!(
        bench
            .run(&["verify", "bad.json"])
            .stderr
            .contains("counts of the sign-off")
    );
}

/// A runtime's file that is a pipe to which nobody writes: opening it blocks for good, as a dead network drive does.
#[cfg(unix)]
#[test]
fn a_probe_that_hangs_for_good_is_ended_and_only_its_facts_are_missing() {
    let bench = Bench::with_rules(
        r#"[{"id":"java","text":"Java","fix":"F","minimum":{"fact":"runtime.present:java","is":true}},
            {"id":"os","text":"System","fix":"F","minimum":{"fact":"os.family","one_of":["linux","macos"]}}]"#,
    );
    let pipe = bench.path("release");
    let made = std::process::Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .expect("started");
    assert!(made.success());
    let run = bench.run_with(&[("JAVA_HOME", pipe.parent().expect("a folder"))], &[]);
    assert_eq!(run.status, 10, "{run:?}");
    assert!(
        run.stdout
            .contains("Java: could not be measured: runtime found: java: it could not be read within"),
        "{run:?}"
    );
    assert!(run.stdout.contains("pass  System:"), "{run:?}");
}

/// A receipt as the client leaves it.
const RECEIPT: &str = r#"{"schema":1,"product":"zig","name":"Zig","version":"0.15.1","platform":"linux-x86_64","language":"en",
    "manifest":{"sha256":"0000000000000000000000000000000000000000000000000000000000000000","length":1},
    "index":{"sha256":"0000000000000000000000000000000000000000000000000000000000000000","length":1},
    "root":"/apps/zig","tree":"releases/0.15.1","components":["base"],"installed_bytes":1,"file_count":1,"installed_at":"2026-11-22T10:00:00Z"}"#;

#[cfg(target_os = "linux")]
#[test]
fn products_that_are_there_count_and_conflicting_ones_fail() {
    let bench = Bench::with_rules(
        r#"[{"id":"zig","text":"Zig","fix":"Install it.","minimum":{"fact":"product.version:zig","at_least":"0.15"}},
            {"id":"old","text":"No old Zig","fix":"Remove it.","minimum":{"fact":"product.present:zig-classic","is":false}}]"#,
    );
    let receipts = bench.path("data/toolcrib/receipts");
    std::fs::create_dir_all(&receipts).expect("made");
    std::fs::write(receipts.join("zig.json"), RECEIPT).expect("written");
    let run = bench.run(&[]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.stdout.contains("pass  Zig:"), "{run:?}");
    std::fs::write(
        receipts.join("zig-classic.json"),
        RECEIPT.replace("\"zig\"", "\"zig-classic\""),
    )
    .expect("written");
    let run = bench.run(&[]);
    assert_eq!(run.status, 20, "{run:?}");
    assert!(
        run.stdout.contains("FAIL  No old Zig:") && run.stdout.contains("Remove it."),
        "{run:?}"
    );
    std::fs::write(receipts.join("zig.json"), "damaged").expect("written");
    let run = bench.run(&[]);
    assert!(run.stdout.contains("its receipt cannot be read"), "{run:?}");
    assert_eq!(
        std::fs::read(receipts.join("zig.json")).expect("still there"),
        b"damaged"
    );
}

#[test]
fn the_pace_of_downloads_is_measured_only_where_whoever_runs_it_agrees() {
    let server = Server::answering("200 OK", &"x".repeat(1 << 20));
    let rules = r#"[{"id":"pace","text":"Pace","fix":"F","recommended":{"fact":"network.throughput","at_least":"1 B"}}]"#;
    let address = server
        .address()
        .replace("/v1/reports", "/v1/readiness/checks/1/reports");
    let bench = Bench::new(rules, common::NEVER, Some(&address));
    let run = bench.run(&[]);
    assert_eq!(run.status, 10, "{run:?}");
    assert!(
        run.stdout.contains("it is measured only with --throughput"),
        "{run:?}"
    );
    assert!(server.received().is_none());
    let run = bench.run(&["--throughput"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.stdout.contains("a second"), "{run:?}");
    let asked = server.received().expect("a request");
    assert!(asked.starts_with("GET /v1/readiness/checkers/"), "{asked}");
}
