//! Running a program to its end, with a limit on its time and on its words.

use crate::{Error, Result};
use camino::Utf8Path;
use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How much of each stream is kept; the rest is read and dropped.
const KEPT: u64 = 1 << 20;
/// How long a stream may stay open after its program has ended, because a grandchild holds it.
const LINGER: Duration = Duration::from_millis(500);
const PAUSE: Duration = Duration::from_millis(5);
/// How long a program may look as if somebody were writing it: whatever starts at the same moment holds for an instant all
/// that is open in the process that starts it, a program that was being written then, too.
const BEING_WRITTEN: Duration = Duration::from_secs(2);

/// What a program said and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its exit status; `None` if a signal ended it.
    pub status: Option<i32>,
    /// The beginning of its standard output.
    pub stdout: Vec<u8>,
    /// The beginning of its standard error.
    pub stderr: Vec<u8>,
}

impl Output {
    /// Whether it ended with status 0.
    pub fn success(&self) -> bool {
        self.status == Some(0)
    }
}

/// Runs a program without input until it ends; after `limit` ends it and all that it started.
///
/// `environment` is added to our own. Keeps at most 1 MiB of each stream.
pub fn run(
    program: &Utf8Path,
    arguments: &[String],
    environment: &[(String, String)],
    limit: Duration,
) -> Result<Output> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .envs(environment.iter().map(|(name, value)| (name, value)));
    let mut child = start(command, program)?;
    wait_for(&mut child, program, limit)
}

/// As [`run`], for a command that is ready but for its streams; whatever it has left running ends with it.
#[cfg(target_os = "linux")]
pub(crate) fn run_to_the_last(command: Command, program: &Utf8Path, limit: Duration) -> Result<Output> {
    let mut child = start(command, program)?;
    let output = wait_for(&mut child, program, limit);
    end_all(&mut child);
    output
}

fn start(mut command: Command, program: &Utf8Path) -> Result<Child> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    own_group(&mut command);
    spawn(&mut command).map_err(|source| Error::Start {
        program: program.to_owned(),
        source,
    })
}

/// Starts a program, if need be once nobody holds it open for writing any more.
pub(super) fn spawn(command: &mut Command) -> io::Result<Child> {
    let end = Instant::now() + BEING_WRITTEN;
    loop {
        match command.spawn() {
            Err(error) if error.kind() == io::ErrorKind::ExecutableFileBusy && Instant::now() < end => {
                std::thread::sleep(PAUSE);
            }
            started => return started,
        }
    }
}

fn wait_for(child: &mut Child, program: &Utf8Path, limit: Duration) -> Result<Output> {
    let (stdout, stderr) = (listen(child.stdout.take()), listen(child.stderr.take()));
    let ended = wait(child, Instant::now() + limit);
    let status = match ended {
        Ok(Some(status)) => status,
        Ok(None) => {
            end_all(child);
            return Err(Error::TimedOut {
                program: program.to_owned(),
                limit,
            });
        }
        Err(source) => {
            end_all(child);
            return Err(Error::Wait {
                program: program.to_owned(),
                source,
            });
        }
    };
    Ok(Output {
        status: status.code(),
        stdout: stdout.heard(),
        stderr: stderr.heard(),
    })
}

fn wait(child: &mut Child, end: Instant) -> io::Result<Option<std::process::ExitStatus>> {
    loop {
        match child.try_wait()? {
            None if Instant::now() < end => std::thread::sleep(PAUSE),
            answer => return Ok(answer),
        }
    }
}

/// What a stream has said, while somebody listens to it.
struct Ear {
    kept: Arc<Mutex<Vec<u8>>>,
    closed: Receiver<()>,
}

impl Ear {
    /// All that was said, or what came of it by now where the stream stays open.
    fn heard(self) -> Vec<u8> {
        let _open_still = self.closed.recv_timeout(LINGER);
        std::mem::take(&mut lock(&self.kept))
    }
}

fn listen(stream: Option<impl Read + Send + 'static>) -> Ear {
    let (tell, closed) = mpsc::channel();
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keeps = Arc::clone(&kept);
    std::thread::spawn(move || {
        if let Some(mut stream) = stream {
            hear(&mut stream, &keeps);
            let _ = io::copy(&mut stream, &mut io::sink());
        }
        let _nobody_waits = tell.send(());
    });
    Ear { kept, closed }
}

/// Keeps the beginning of what a stream says, piece by piece as it comes.
fn hear(stream: &mut impl Read, kept: &Mutex<Vec<u8>>) {
    let mut stream = stream.take(KEPT);
    let mut piece = [0; 8 << 10];
    loop {
        match stream.read(&mut piece) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(0) | Err(_) => return,
            Ok(length) => lock(kept).extend_from_slice(&piece[..length]),
        }
    }
}

fn lock(kept: &Mutex<Vec<u8>>) -> MutexGuard<'_, Vec<u8>> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

/// A window would flash a console for every program that is asked something.
#[cfg(windows)]
fn own_group(command: &mut Command) {
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    std::os::windows::process::CommandExt::creation_flags(command, CREATE_NO_WINDOW);
}

/// Ends a program and its group. One that hangs in the kernel ends only when the kernel lets it go: it is not awaited long.
fn end_all(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = wait(child, Instant::now() + LINGER);
}
