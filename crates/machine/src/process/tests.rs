use super::*;
use std::time::{Duration, Instant};

const SHELL: &str = "/bin/sh";
/// Longer than anything here takes, however busy the computer is.
const PATIENCE: Duration = Duration::from_secs(60);

fn sh(script: &str) -> [String; 2] {
    ["-c".to_owned(), script.to_owned()]
}

fn until(mut true_at_last: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + PATIENCE;
    while !true_at_last() {
        if Instant::now() > end {
            return false;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    true
}

#[test]
fn a_program_is_run_to_its_end_with_its_words_and_its_status() {
    let named = [("WORD".to_owned(), "crib".to_owned())];
    let output = run(
        SHELL.into(),
        &sh("echo $WORD; echo oh >&2; exit 3"),
        &named,
        PATIENCE,
    )
    .expect("ran");
    assert_eq!((output.status, output.success()), (Some(3), false));
    assert_eq!(
        (output.stdout.as_slice(), output.stderr.as_slice()),
        (&b"crib\n"[..], &b"oh\n"[..])
    );
}

#[test]
fn a_program_that_talks_without_end_is_cut_short_in_memory_only() {
    let output = run(SHELL.into(), &sh("head -c 3000000 /dev/zero"), &[], PATIENCE).expect("ran");
    assert_eq!((output.status, output.stdout.len()), (Some(0), 1 << 20));
}

#[test]
fn a_program_that_hangs_is_ended_with_all_it_started() {
    let place = tempfile::tempdir().expect("a folder");
    let note = place.path().join("pid");
    let script = format!("sleep 600 & echo $! > {}; wait", note.display());
    // A busy computer may not have come as far as the note when it is ended: then it gets more time.
    let pid = [700, 7_000, 60_000].into_iter().find_map(|limit_ms| {
        let limit = Duration::from_millis(limit_ms);
        let error = run(SHELL.into(), &sh(&script), &[], limit).expect_err("too long");
        assert!(matches!(error, Error::TimedOut { .. }), "{error}");
        std::fs::read_to_string(&note).ok()?.trim().parse::<u32>().ok()
    });
    let pid = pid.expect("noted");
    assert!(until(|| !is_alive(pid)));
}

#[test]
fn a_program_whose_grandchild_holds_the_stream_is_not_waited_for_and_what_it_said_is_kept() {
    let start = Instant::now();
    let script = "sleep 100 & echo $!; echo oh >&2";
    let output = run(SHELL.into(), &sh(script), &[], PATIENCE).expect("ran");
    assert!(output.success() && start.elapsed() < PATIENCE, "{output:?}");
    assert_eq!(output.stderr, b"oh\n");
    let pid = String::from_utf8(output.stdout).expect("a number");
    let pid = pid.trim().parse().ok().and_then(rustix::process::Pid::from_raw);
    let killed = rustix::process::kill_process(pid.expect("a process"), rustix::process::Signal::KILL);
    killed.expect("it runs yet");
}

#[test]
fn a_detached_program_runs_in_its_own_session_and_leaves_no_zombie() {
    let pid = spawn_detached(
        SHELL.into(),
        &sh("exec sleep 600"),
        &[],
        None,
        Window::Own,
        |_| (),
    )
    .expect("started");
    assert!(is_alive(pid));
    let process = rustix::process::Pid::from_raw(pid as i32).expect("a process");
    let session = rustix::process::getsid(Some(process)).expect("there");
    assert_eq!(session, process);
    rustix::process::kill_process(process, rustix::process::Signal::TERM).expect("asked to end");
    assert!(until(|| !is_alive(pid)));
}

#[test]
fn a_program_that_somebody_writes_for_an_instant_more_is_started_then() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tempfile::tempdir().expect("a folder");
    let place = Utf8Path::from_path(place.path()).expect("a UTF-8 path");
    for name in ["runs", "lives on"] {
        let program = place.join(name);
        std::fs::copy("/bin/true", &program).expect("copied");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("set");
        let writing = std::fs::File::options()
            .write(true)
            .open(&program)
            .expect("opened");
        let written = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(200));
            drop(writing);
        });
        match name {
            "runs" => assert!(run(&program, &[], &[], PATIENCE).expect("started").success()),
            _ => drop(spawn_detached(&program, &[], &[], None, Window::Own, |_| ()).expect("started")),
        }
        written.join().expect("written");
    }
}

#[test]
fn a_missing_program_is_named() {
    let error = spawn_detached("/no/such/program".into(), &[], &[], None, Window::Own, |_| ())
        .expect_err("not there");
    assert!(error.to_string().contains("/no/such/program") && error.is_not_found());
}

#[test]
fn this_process_is_alive_and_a_number_that_nobody_has_is_not() {
    assert!(is_alive(std::process::id()));
    assert!(!is_alive(u32::MAX - 1));
}

/// Whether a script that was started on its own failed by itself.
fn failed(script: &str) -> bool {
    let (told, ended) = std::sync::mpsc::channel();
    let tell = move |status| told.send(has_failed(status)).expect("somebody listens");
    spawn_detached(SHELL.into(), &sh(script), &[], None, Window::Own, tell).expect("started");
    ended.recv_timeout(PATIENCE).expect("it ends")
}

#[test]
fn a_program_that_was_asked_to_end_did_not_fail() {
    let table = [
        ("exit 0", false),
        ("exit 3", true),
        ("kill -TERM $$", false),
        ("kill -SEGV $$", true),
    ];
    for (script, expected) in table {
        assert_eq!(failed(script), expected, "{script}");
    }
}

/// A program that sleeps, started from a file of its own below `folder`.
fn sleeping_in(folder: &Utf8Path, name: &str) -> std::process::Child {
    let program = folder.join(name);
    std::fs::copy("/bin/sleep", &program).expect("copied");
    // Another test may start something just now, and hold the copy open for writing until that is begun.
    let start = || Command::new(&program).arg("600").spawn();
    let mut started = start();
    assert!(until(|| {
        if started.is_err() {
            started = start();
        }
        started.is_ok()
    }));
    started.expect("started")
}

#[test]
fn what_runs_below_a_folder_is_found_by_name_until_it_ends_also_when_its_file_is_gone() {
    let place = tempfile::tempdir().expect("a folder");
    let place = Utf8Path::from_path(place.path()).expect("a UTF-8 path");
    let (tools, other) = (place.join("tools"), place.join("tools-2"));
    for folder in [&tools, &other] {
        std::fs::create_dir(folder).expect("made");
    }
    let mut children = [
        sleeping_in(&tools, "two words"),
        sleeping_in(&tools, "gone"),
        sleeping_in(&other, "elsewhere"),
    ];
    let [named, gone, _] = [0, 1, 2].map(|number: usize| children[number].id());
    let running = |name: &str, pid| Running {
        name: name.to_owned(),
        pid,
    };
    let both = [running("gone", gone), running("two words", named)];
    assert!(
        until(|| running_below(&tools) == both),
        "{:?}",
        running_below(&tools)
    );
    std::fs::remove_file(tools.join("gone")).expect("removed");
    assert_eq!(running_below(&tools), both);
    assert_eq!(running_below(&place.join("too")), []);
    for child in &mut children {
        child.kill().expect("killed");
        child.wait().expect("ended");
    }
    assert_eq!(running_below(&tools), []);
}
