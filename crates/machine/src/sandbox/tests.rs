use super::*;
use crate::Error;
use camino::Utf8PathBuf;

/// A folder to work in, a scratch folder, and a file that is nobody's business.
struct Place {
    _folder: tempfile::TempDir,
    folder: Utf8PathBuf,
    scratch: Utf8PathBuf,
    outside: Utf8PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8PathBuf::from_path_buf(folder.path().canonicalize().expect("a path")).expect("UTF-8");
        let place = Self {
            folder: path.join("release"),
            scratch: path.join("scratch"),
            outside: path.join("diary"),
            _folder: folder,
        };
        for folder in [&place.folder, &place.scratch] {
            std::fs::create_dir(folder).expect("a folder");
        }
        std::fs::write(&place.outside, "dear diary").expect("a file");
        place
    }

    fn run_for(&self, script: &str, limit: Duration) -> Result<Output> {
        let cage = Cage {
            folder: &self.folder,
            scratch: &self.scratch,
            limit,
        };
        let arguments = ["-c".to_owned(), script.to_owned()];
        run(Utf8Path::new("/bin/sh"), &arguments, &cage)
    }

    fn run(&self, script: &str) -> Output {
        self.run_for(script, Duration::from_secs(60)).expect("started")
    }
}

/// On a system that cannot shut anything in, nothing is run, and there is nothing more to see.
fn place() -> Option<Place> {
    obstacle().is_none().then(Place::new)
}

#[test]
fn what_is_shut_in_works_in_its_folder_and_in_the_scratch_folder() {
    let Some(place) = place() else { return };
    let output = place.run("echo made > here; mkdir deep; mv here deep/; echo x > $TMPDIR/y; cat deep/here");
    assert!(output.success(), "{output:?}");
    assert_eq!(output.stdout, b"made\n");
    assert!(place.folder.join("deep/here").is_file() && place.scratch.join("y").is_file());
}

#[test]
fn nothing_outside_is_read_written_cut_short_removed_or_changed() {
    let Some(place) = place() else { return };
    let before = place.outside.metadata().expect("a file").permissions();
    for act in [
        "cat",
        "echo x >>",
        ": >",
        "truncate -s 0",
        "rm -f",
        "chmod 000",
        "ln -f here",
        "ls /proc/1/environ; cat",
    ] {
        let output = place.run(&format!("echo mine > here; {act} {}", place.outside));
        assert!(!output.success(), "{act}: {output:?}");
    }
    let content = std::fs::read_to_string(&place.outside).expect("still there");
    assert_eq!(content, "dear diary");
    assert_eq!(place.outside.metadata().expect("a file").permissions(), before);
}

#[test]
fn a_link_that_leads_out_leads_nowhere() {
    let Some(place) = place() else { return };
    let output = place.run(&format!("ln -s {} out; echo x > out", place.outside));
    assert!(!output.success(), "{output:?}");
    assert_eq!(
        std::fs::read_to_string(&place.outside).expect("there"),
        "dear diary"
    );
}

#[test]
fn no_network_and_no_other_process_is_reached() {
    let Some(place) = place() else { return };
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a listener");
    let port = listener.local_addr().expect("an address").port();
    let shell = format!("exec bash -c 'exec 3<>/dev/tcp/127.0.0.1/{port}'");
    assert!(!place.run(&shell).success());
    let own = std::process::id();
    assert!(!place.run(&format!("kill -0 {own}")).success());
    assert!(!place.run("setsid true").success());
}

#[test]
fn the_environment_is_empty_but_for_what_is_needed() {
    let Some(place) = place() else { return };
    let output = place.run("env | cut -d= -f1 | sort | tr '\\n' ' '");
    let names = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(names, "HOME LANG PATH PWD TMPDIR TOOLCRIB_RELEASE ");
}

#[test]
fn what_takes_too_long_ends_with_all_that_it_started() {
    let Some(place) = place() else { return };
    let script = "sleep 300 & echo $! > child; wait";
    // A busy computer may not have come as far as the note when it is ended: then it gets more time.
    let is_noted = [1, 10, 60].into_iter().any(|limit_s| {
        let ended = place.run_for(script, Duration::from_secs(limit_s));
        assert!(matches!(ended, Err(Error::TimedOut { .. })), "{ended:?}");
        noted(&place).is_some()
    });
    assert!(is_noted && !lives(&place));
}

#[test]
fn what_is_left_behind_ends_too() {
    let Some(place) = place() else { return };
    let output = place.run("sleep 300 >/dev/null 2>&1 & echo $! > child");
    assert!(output.success(), "{output:?}");
    assert!(!lives(&place));
}

/// The process that the script has noted.
fn noted(place: &Place) -> Option<u32> {
    let noted = std::fs::read_to_string(place.folder.join("child")).ok()?;
    noted.trim().parse().ok()
}

/// Whether that process still runs; it may take an instant to go, and longer on a busy computer.
fn lives(place: &Place) -> bool {
    let child = noted(place).expect("a number");
    for _ in 0..6_000 {
        if !crate::process::is_alive(child) {
            return false;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    true
}
