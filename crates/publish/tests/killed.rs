//! Killed at every durable act of `add`, or with a disk that is full from there on: the catalogue says what it said
//! before or what it was to say, and the next run goes through.

use camino::Utf8PathBuf;
use std::process::{Command, Output};

const PLACES: [&str; 4] = ["--catalogue", "cat", "--keys", "keys"];
const DRAFT: [&str; 9] = [
    "add",
    "--product",
    "draft",
    "--platform",
    "any",
    "--from",
    "input",
    "--version",
    "1.0.0",
];
/// More durable acts of one kind than `add` has.
const MANY: usize = 60;

struct Shop {
    _folder: tempfile::TempDir,
    root: Utf8PathBuf,
}

impl Shop {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("Unicode");
        std::fs::create_dir_all(root.join("input")).expect("made");
        std::fs::write(root.join("input/read-me.txt"), "Draft\n".repeat(1_000)).expect("written");
        let shop = Self {
            _folder: folder,
            root,
        };
        assert!(shop.run(&["init"], None).status.success());
        shop
    }

    fn run(&self, arguments: &[&str], fault: Option<&str>) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_toolcrib-publish"));
        command.current_dir(&self.root).arg("--json").args(arguments);
        command.args(if arguments[0] == "inspect" {
            &PLACES[..2]
        } else {
            &PLACES[..]
        });
        command
            .envs(fault.map(|fault| ("TOOLCRIB_FAULT", fault)))
            .output()
            .expect("runs")
    }

    /// How many releases the catalogue offers, by its own judge.
    fn releases(&self) -> usize {
        let output = self.run(&["inspect"], None);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        found["products"]["draft"]["releases"]
            .as_array()
            .map_or(0, Vec::len)
    }

    /// Adds again: either it was added, or it can be.
    fn goes_on(&self) {
        let before = self.releases();
        let again = self.run(&DRAFT, None);
        assert_eq!(
            again.status.success(),
            before == 0,
            "{}",
            String::from_utf8_lossy(&again.stderr)
        );
        assert_eq!(self.releases(), 1);
    }
}

/// Runs `add` with the fault at its first act of this kind, its second, and so on until it ends well; answers how
/// often it did not.
fn broken_at_every(point: &str, fault: impl Fn(usize) -> String) -> usize {
    for hit in 1..MANY {
        let shop = Shop::new();
        let output = shop.run(&DRAFT, Some(&fault(hit)));
        shop.goes_on_or_is_done(&output);
        if output.status.success() {
            return hit - 1;
        }
    }
    panic!("`{point}` is hit more than {MANY} times");
}

impl Shop {
    fn goes_on_or_is_done(&self, output: &Output) {
        if output.status.success() {
            assert_eq!(self.releases(), 1);
        } else {
            self.goes_on();
        }
    }
}

#[test]
fn a_kill_at_any_durable_act_leaves_the_old_or_the_new_catalogue() {
    for point in [
        "files.replace.written",
        "files.replace.renamed",
        "files.rename.moved",
    ] {
        let broken = broken_at_every(point, |hit| format!("{point}=kill@{hit}"));
        assert!(broken >= 2, "{point} was hit {broken} times");
    }
}

#[test]
fn a_full_disk_is_told_and_leaves_the_old_or_the_new_catalogue() {
    let broken = broken_at_every("files.write", |hit| format!("files.write=error:ENOSPC@{hit}+"));
    assert!(broken >= 5, "it was hit {broken} times");
    let output = Shop::new().run(&DRAFT, Some("files.write=error:ENOSPC"));
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("No space left"));
}

#[test]
fn a_kill_at_any_durable_act_of_new_keys_leaves_a_catalogue_that_goes_on() {
    let rotate = ["rotate-keys", "--role", "root", "--role", "targets"];
    for point in [
        "files.replace.written",
        "files.replace.renamed",
        "files.rename.moved",
    ] {
        let mut broken = 0;
        loop {
            let shop = Shop::new();
            let output = shop.run(&rotate, Some(&format!("{point}=kill@{}", broken + 1)));
            assert_eq!(shop.releases(), 0, "{point} {broken}");
            let again = shop.run(&rotate, None);
            assert!(
                again.status.success(),
                "{}",
                String::from_utf8_lossy(&again.stderr)
            );
            shop.goes_on();
            if output.status.success() {
                break;
            }
            broken += 1;
        }
        assert!(broken >= 1, "{point} was hit {broken} times");
    }
}
