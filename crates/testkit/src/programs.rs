//! The built programs, run as a person or a script would run them.

use camino::{Utf8Path, Utf8PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The folder that holds the programs of the build that this test belongs to.
///
/// # Panics
/// When the test's own path cannot be read.
pub fn folder() -> Utf8PathBuf {
    let test = std::env::current_exe().expect("a test knows its own path");
    let test = Utf8PathBuf::from_path_buf(test).expect("the build folder has a UTF-8 path");
    test.ancestors()
        .nth(2)
        .expect("tests lie in deps/ below the programs")
        .to_owned()
}

/// The path of a built program.
///
/// # Panics
/// When it was not built; the message says how to build it.
pub fn program(name: &str) -> Utf8PathBuf {
    let path = folder().join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.is_file(),
        "{path} is missing: run `cargo build --workspace --bins` first"
    );
    path
}

/// How a program ended and what it printed.
#[derive(Debug)]
pub struct Run {
    /// The exit status; `None` when a signal ended it.
    pub status: Option<i32>,
    /// What it printed for programs.
    pub stdout: String,
    /// What it printed for people.
    pub stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        Self {
            status: output.status.code(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }
}

impl Run {
    /// The run again, if it ended with `status`.
    ///
    /// # Panics
    /// When it ended otherwise; the message shows everything it printed.
    #[track_caller]
    pub fn ends_with(self, status: i32) -> Self {
        assert_eq!(
            self.status,
            Some(status),
            "\nstdout: {}\nstderr: {}",
            self.stdout,
            self.stderr
        );
        self
    }

    /// What it printed, as one JSON document.
    ///
    /// # Panics
    /// When it is none.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| {
            panic!(
                "not one JSON document ({error}): {}\n{}",
                self.stdout, self.stderr
            )
        })
    }
}

/// Runs a command to its end, with `stdin` given to it; it is ended after five minutes.
///
/// # Panics
/// When it cannot be started or does not end in time.
pub fn run(mut command: Command, stdin: &str) -> Run {
    use std::io::Write as _;
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?} could not be started: {error}"));
    if let Some(mut pipe) = child.stdin.take() {
        // A program that does not read its input may close it first; that is its right.
        let _ = pipe.write_all(stdin.as_bytes());
    }
    let id = child.id();
    let (done, ended) = std::sync::mpsc::channel::<()>();
    let guard = std::thread::spawn(move || {
        if ended.recv_timeout(Duration::from_secs(300)) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
            kill(id);
        }
    });
    let output = child
        .wait_with_output()
        .expect("the program's output can be read");
    drop(done);
    guard.join().expect("the guard ends");
    output.into()
}

/// The same command by a clock that is off: `+3d`, `-15120` (seconds), `+2h`. Waiting takes as long as ever.
///
/// The library is loaded without its wrapper, which would stand between us and the program that is to be ended.
///
/// # Panics
/// When libfaketime is not installed: `cargo xtask test` does it.
pub fn at(offset: &str, mut command: Command) -> Command {
    command
        .env("LD_PRELOAD", fake_clock())
        .env("FAKETIME", offset)
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    command
}

/// The library, below whatever the system calls this machine.
fn fake_clock() -> Utf8PathBuf {
    let machines = Utf8Path::new("/usr/lib")
        .read_dir_utf8()
        .expect("the system has libraries");
    let found = machines
        .filter_map(Result::ok)
        .map(|machine| machine.path().join("faketime/libfaketimeMT.so.1"))
        .find(|library| library.is_file());
    found.expect("libfaketime is installed: `cargo xtask test --only setup`")
}

/// The same command on a computer whose network is gone: not even loopback is there.
pub fn without_network(command: Command) -> Command {
    let mut cut_off = Command::new("unshare");
    cut_off.args(["--net", "--map-root-user"]);
    within(cut_off, &command)
}

/// The same command by somebody for whom the rights of files count. An administrator reads whatever there is otherwise.
///
/// # Panics
/// Where the system does not say whose process this is.
#[cfg(unix)]
pub fn bound_by_rights(command: Command) -> Command {
    use std::os::unix::fs::MetadataExt as _;
    let own = std::fs::metadata("/proc/self").expect("the system has /proc");
    if own.uid() != 0 {
        return command;
    }
    let mut bound = Command::new("setpriv");
    bound.args(["--bounding-set", "-dac_override,-dac_read_search"]);
    within(bound, &command)
}

/// The same command on a computer that has an empty disk of so many MiB at `folder`, which exists.
pub fn with_small_disk(folder: &Utf8Path, mebibytes: u32, command: Command) -> Command {
    let mounting = "mount -t tmpfs -o size=\"$1\" tmpfs \"$2\" || exit; shift 2; exec \"$@\"";
    let size = format!("{mebibytes}m");
    let mut computer = Command::new("unshare");
    computer.args(["--mount", "--map-root-user"]);
    computer.args(["sh", "-c", mounting, "sh", &size, folder.as_str()]);
    within(computer, &command)
}

/// What is done before a program starts on [`another_computer`]: its name, and its id wherever the system keeps it.
const ANOTHER_COMPUTER: &str = r#"hostname "$1" || exit
for known in /etc/machine-id /var/lib/dbus/machine-id; do
  if [ -e "$known" ]; then mount --bind "$2" "$known" || exit; fi
done
shift 2
exec "$@""#;

/// The same command on a computer with this name, whose id is in the file `machine_id`. It has the network of this one.
pub fn another_computer(name: &str, machine_id: &Utf8Path, command: Command) -> Command {
    let mut computer = Command::new("unshare");
    computer.args(["--mount", "--uts", "--map-root-user"]);
    computer.args(["sh", "-c", ANOTHER_COMPUTER, "sh", name, machine_id.as_str()]);
    within(computer, &command)
}

/// The same command at a terminal, as if a person sat there; what is given to [`run`] is typed.
pub fn at_terminal(command: Command) -> Command {
    let quoted = |word: &std::ffi::OsStr| format!("'{}'", word.to_string_lossy().replace('\'', "'\\''"));
    let line: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(quoted)
        .collect();
    let mut terminal = Command::new("script");
    terminal.args([
        "--quiet",
        "--flush",
        "--return",
        "--command",
        &line.join(" "),
        "/dev/null",
    ]);
    with_environment(terminal, &command)
}

fn within(mut outer: Command, inner: &Command) -> Command {
    outer.arg(inner.get_program()).args(inner.get_args());
    with_environment(outer, inner)
}

fn with_environment(mut outer: Command, inner: &Command) -> Command {
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => outer.env(name, value),
            None => outer.env_remove(name),
        };
    }
    outer
}

/// Ends a process at once, as a crash would.
pub fn kill(id: u32) {
    let _ = Command::new("kill").args(["-KILL", &id.to_string()]).status();
}

/// Waits until `holds` answers something, asking every 20 ms.
///
/// # Panics
/// After `limit`, naming what did not come.
#[track_caller]
pub fn until<T>(what: &str, limit: Duration, mut holds: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(answer) = holds() {
            return answer;
        }
        assert!(Instant::now() < deadline, "{what} did not come within {limit:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Every file below `folder` with its bytes' digest, as relative paths: a tree that can be compared.
///
/// # Panics
/// When something cannot be read.
pub fn tree(folder: &Utf8Path) -> std::collections::BTreeMap<String, String> {
    let mut found = std::collections::BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in next.read_dir_utf8().expect("the folder can be read") {
            let entry = entry.expect("the entry can be read");
            let kind = entry.file_type().expect("the entry has a kind");
            let name = entry
                .path()
                .strip_prefix(folder)
                .expect("it is below")
                .to_string();
            if kind.is_dir() {
                found.insert(format!("{name}/"), String::new());
                open.push(entry.path().to_owned());
            } else {
                let bytes = fs_err::read(entry.path()).expect("the file can be read");
                found.insert(name, hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&bytes)));
            }
        }
    }
    found
}
