//! The program itself, laid out as a release and started as a person would.

use camino::{Utf8Path, Utf8PathBuf};
use jiff::{SignedDuration, Timestamp};
use std::process::{Command, Output};
use std::sync::Arc;
use toolcrib_licence::{Custody, Shelf};
use toolcrib_machine::folders::Home;
use toolcrib_machine::secrets::FileSecrets;
use toolcrib_model::{LicencePolicy, Requirement};
use toolcrib_readiness::lint_all;

/// A release that was laid out, and a home beside it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn with_release(version: &str) -> Self {
        let desk = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        let to = desk.path("release");
        let done = Command::new(env!("CARGO_BIN_EXE_sample-studio"))
            .args(["package", "--version", version, "--to", to.as_str()])
            .output()
            .expect("started");
        assert!(done.status.success(), "{done:?}");
        desk
    }

    fn path(&self, below: &str) -> Utf8PathBuf {
        Utf8Path::from_path(self.folder.path())
            .expect("a UTF-8 path")
            .join(below)
    }

    fn start(&self, arguments: &[&str]) -> Output {
        Command::new(
            self.path("release/files/bin")
                .join(format!("sample-studio{}", std::env::consts::EXE_SUFFIX)),
        )
        .args(arguments)
        .env("TOOLCRIB_HOME", self.path("home"))
        .output()
        .expect("started")
    }

    /// The serial-free start is a right that needs no service.
    fn allow(&self) {
        self.installed(1, false);
    }

    /// Installed `days` ago, with or without a vendor who lets a lapsed product be looked at.
    fn installed(&self, days: i64, read_only_after_lapse: bool) {
        let home = Home::open(Some(self.path("home"))).expect("a home");
        let policy = LicencePolicy {
            needs_serial: true,
            read_only_after_lapse,
            ..LicencePolicy::default()
        };
        let then = Timestamp::now() - SignedDuration::from_hours(24 * days);
        let secrets = Arc::new(FileSecrets::open(home.secrets()).expect("secrets"));
        let mut shelf = Shelf::open(&home.leases(), Custody::here(secrets)).expect("a shelf");
        shelf
            .note_installation(&"sample-studio".parse().expect("a product"), then, policy)
            .expect("noted");
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn without_a_licence_it_refuses_with_status_5_and_says_what_helps() {
    let desk = Desk::with_release("1.0.0");
    for arguments in [&["open"][..], &[], &["draw"], &["draw", "room-001"]] {
        let refused = desk.start(arguments);
        assert_eq!(refused.status.code(), Some(5), "{refused:?}");
        assert_eq!(text(&refused.stdout), "");
        let said = text(&refused.stderr);
        assert!(
            said.contains("Sign in to begin.") && said.contains("toolcrib licence verify sample-studio"),
            "{said}"
        );
    }
}

#[test]
fn with_a_licence_it_opens_shows_the_date_and_draws() {
    let desk = Desk::with_release("1.0.0");
    desk.allow();
    let opened = desk.start(&[]);
    assert!(opened.status.success(), "{opened:?}");
    let said = text(&opened.stdout);
    assert!(
        said.starts_with("Sample Studio 1.0.0\nWorks without a serial number until "),
        "{said}"
    );
    assert!(said.contains("Welcome to the studio."), "{said}");
    let drawn = text(&desk.start(&["draw", "room-017"]).stdout);
    assert!(drawn.contains("Room 17") && drawn.starts_with('┌'), "{drawn}");
    let names = text(&desk.start(&["draw"]).stdout);
    assert_eq!(names.lines().count(), 241, "240 rooms and the welcome");
}

#[test]
fn a_drawing_is_written_as_a_picture() {
    let desk = Desk::with_release("1.1.0");
    desk.allow();
    let picture = desk.path("room.svg");
    let written = desk.start(&["draw", "room-003", "--svg", picture.as_str()]);
    assert!(written.status.success(), "{written:?}");
    let svg = std::fs::read_to_string(&picture).expect("there");
    assert!(svg.starts_with("<svg") && svg.contains("Room 3"), "{svg}");
    assert_eq!(desk.start(&["draw", "no-such-room"]).status.code(), Some(1));
}

#[test]
fn a_lapsed_studio_can_be_looked_at_and_writes_nothing() {
    let desk = Desk::with_release("1.0.0");
    desk.installed(31, true);
    for arguments in [&["open"][..], &["draw", "room-017"]] {
        let shown = desk.start(arguments);
        assert_eq!(shown.status.code(), Some(5), "{shown:?}");
        assert!(text(&shown.stdout).contains('┌'), "{shown:?}");
        assert!(
            text(&shown.stderr).contains("The licence has lapsed"),
            "{shown:?}"
        );
    }
    let picture = desk.path("room.svg");
    let refused = desk.start(&["draw", "room-017", "--svg", picture.as_str()]);
    assert_eq!(refused.status.code(), Some(5), "{refused:?}");
    assert!(!picture.exists());
}

#[test]
fn about_tells_version_and_licence_in_both_languages_whether_it_may_run_or_not() {
    let desk = Desk::with_release("1.1.0");
    let about = text(&desk.start(&["about"]).stdout);
    assert!(
        about.contains("Sample Studio 1.1.0\nlicence   none (never_verified)"),
        "{about}"
    );
    desk.allow();
    let german = text(&desk.start(&["about", "--language", "de"]).stdout);
    assert!(
        german.contains("\nLizenz    start (serial_free_start)"),
        "{german}"
    );
    assert!(
        german.contains("\nArt       die ersten Tage") && german.contains("(S-120)"),
        "{german}"
    );
    let missing = desk.start(&["about", "--language", "fr"]);
    assert!(
        !missing.status.success() && text(&missing.stderr).contains("language-fr"),
        "{missing:?}"
    );
}

#[test]
fn a_second_release_is_not_laid_over_the_first() {
    let desk = Desk::with_release("1.0.0");
    let again = desk.start(&[
        "package",
        "--version",
        "1.1.0",
        "--to",
        desk.path("release").as_str(),
    ]);
    assert_eq!(again.status.code(), Some(1));
    assert!(
        text(&again.stderr).contains("already holds something"),
        "{again:?}"
    );
}

#[test]
fn the_product_file_asks_for_what_rules_can_judge_and_sorts_every_file_into_a_component() {
    let desk = Desk::with_release("1.0.0");
    let raw = std::fs::read_to_string(desk.path("release/product.toml")).expect("there");
    let product: toml::Table = raw.parse().expect("well formed");
    let requirements: Vec<Requirement> = product["requirement"].clone().try_into().expect("requirements");
    assert_eq!(lint_all(&requirements), Vec::new());
    let ids: Vec<_> = requirements
        .iter()
        .map(|requirement| requirement.id.as_str())
        .collect();
    assert!(
        ["system", "memory", "display"].iter().all(|id| ids.contains(id)),
        "{ids:?}"
    );
    let components: Vec<_> = product["component"]
        .as_array()
        .expect("components")
        .iter()
        .collect();
    let kinds: Vec<_> = components
        .iter()
        .map(|one| one["kind"].as_str().expect("a kind"))
        .collect();
    assert_eq!(
        kinds,
        [
            "required", "default", "default", "optional", "optional", "optional"
        ]
    );
    let tools: Vec<_> = components
        .iter()
        .filter_map(|one| one.get("tool")?.as_bool())
        .collect();
    assert_eq!(tools, [true], "one of the optional ones is a tool");
}
