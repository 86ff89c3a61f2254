//! Starting a product: the licence first, then the program of the current release.

use crate::client::Client;
use crate::error::Error;
use crate::view::LaunchView;
use camino::{Utf8Path, Utf8PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Instant;
use tokio::process::{Child, Command};
use tokio::sync::oneshot;
use toolcrib_licence::Judged;
use toolcrib_machine::process;
use toolcrib_model::{ProductId, Version};
use toolcrib_wire::manifest::Launch;
use toolcrib_wire::receipt::Receipt;

/// Whose terminal a program that lives in one gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Console {
    /// That of this process.
    Attached,
    /// That of this process, with what it says on stderr, because stdout is for something else.
    AttachedToStderr,
    /// One of its own, if the desktop has one.
    Detached,
}

/// A product that was started.
#[derive(Debug)]
pub struct Launched {
    /// What was started.
    pub view: LaunchView,
    /// The process, where it shares our terminal and is to be waited for.
    pub child: Option<Child>,
    /// How it ends, where it does not share our terminal and this process is still there by then.
    pub ended: Option<oneshot::Receiver<ExitStatus>>,
}

/// Terminals that run a program, with the words before it.
#[cfg(all(unix, not(target_os = "macos")))]
const TERMINALS: [(&str, &[&str]); 5] = [
    ("/usr/bin/x-terminal-emulator", &["-e"]),
    ("/usr/bin/gnome-terminal", &["--"]),
    ("/usr/bin/konsole", &["-e"]),
    ("/usr/bin/xfce4-terminal", &["-x"]),
    ("/usr/bin/xterm", &["-e"]),
];

/// What is started, and how.
struct Start {
    program: Utf8PathBuf,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    folder: Utf8PathBuf,
    terminal: bool,
}

impl Client {
    /// Starts an installed product, if its licence says so; to be asked after [`Client::gate`]. `version` may name another
    /// release that is here than the current one (B-20).
    ///
    /// # Errors
    /// When it is not installed, there is no such release, it has no program, may not run, or cannot be started.
    pub async fn launch(
        &self,
        product: &ProductId,
        version: Option<&Version>,
        arguments: Vec<String>,
        console: Console,
    ) -> Result<Launched, Error> {
        self.settle_interrupted();
        let receipt = self.release_to_start(product, version)?;
        let start = self.start_of(&receipt, arguments)?;
        let began = Instant::now();
        let read_only = self.must_run(product)?;
        let duration_us = began.elapsed().as_micros();
        tracing::info!(product.id = %product, duration_us, "the licence was judged at a start");
        let view = not_started(receipt, read_only);
        let failed = view.clone();
        let begun = match (start.terminal, console) {
            (true, Console::Attached) => attach(&start, Stdio::inherit(), view),
            (true, Console::AttachedToStderr) => attach(&start, std::io::stderr().into(), view),
            (true, Console::Detached) => self.detach(&in_terminal(start), view),
            (false, _) => self.detach(&start, view),
        };
        begun.inspect_err(|_| self.note_start(&failed, true))
    }

    /// Starts a program on its own, and notes how it ends as long as this process lives.
    fn detach(&self, start: &Start, view: LaunchView) -> Result<Launched, Error> {
        let (client, started, since) = (self.clone(), view.clone(), Instant::now());
        let (told, ended) = oneshot::channel();
        let note = move |status| {
            client.note_end(&started, status, since.elapsed());
            let _nobody_waits = told.send(status);
        };
        let pid = process::spawn_detached(
            &start.program,
            &start.arguments,
            &start.environment,
            Some(&start.folder),
            match start.terminal {
                true => process::Window::Console,
                false => process::Window::Own,
            },
            note,
        );
        let pid = pid.map_err(|source| Error::StartDetached {
            product: view.product.clone(),
            source,
        })?;
        Ok(Launched {
            view: LaunchView { pid, ..view },
            child: None,
            ended: Some(ended),
        })
    }

    /// Lets the licence decide; [`Client::gate`] has renewed it where that was due. A product that may only be looked
    /// at starts, too, and the answer says so: it asks by itself what it may do.
    fn must_run(&self, product: &ProductId) -> Result<bool, Error> {
        let judged = self.judge_licence(product)?;
        match (judged.decision.may_run, judged.decision.read_only) {
            (true, _) => Ok(false),
            (false, true) => Ok(true),
            (false, false) => Err(self.refusal(product, &judged)),
        }
    }

    fn refusal(&self, product: &ProductId, judged: &Judged) -> Error {
        Error::LicenceRefused {
            product: product.clone(),
            sentence: judged.decision.sentence.clone(),
            act: judged.decision.act,
            signed_in: self.is_signed_in(),
        }
    }

    fn start_of(&self, receipt: &Receipt, arguments: Vec<String>) -> Result<Start, Error> {
        let product = &receipt.product;
        let forgotten = || Error::ForgottenManifest {
            product: product.clone(),
        };
        let manifest = self.manifest_of(receipt).ok_or_else(forgotten)?;
        let launch = manifest.launch.ok_or_else(|| Error::NoProgram {
            product: product.clone(),
        })?;
        let tree = Utf8Path::new(&receipt.root).join(receipt.tree.as_str());
        let program = tree.join(launch.program.as_str());
        if !program.is_file() {
            return Err(Error::MissingProgram {
                product: product.clone(),
                program,
            });
        }
        let Launch {
            arguments: first,
            terminal,
            ..
        } = launch;
        let arguments = first.into_iter().chain(arguments).collect();
        Ok(Start {
            program,
            arguments,
            environment: self.environment(),
            folder: tree,
            terminal,
        })
    }

    /// What the product's own licence check needs to find this home and this client.
    fn environment(&self) -> Vec<(String, String)> {
        let home = ("TOOLCRIB_HOME".to_owned(), self.0.home.root().to_string());
        let client = self
            .0
            .options
            .program
            .as_ref()
            .map(|program| ("TOOLCRIB_CLIENT".to_owned(), program.to_string()));
        std::iter::once(home).chain(client).collect()
    }
}

/// What is started, before there is a process.
fn not_started(receipt: Receipt, read_only: bool) -> LaunchView {
    LaunchView {
        product: receipt.product,
        version: receipt.version,
        pid: 0,
        read_only,
    }
}

fn attach(start: &Start, stdout: Stdio, view: LaunchView) -> Result<Launched, Error> {
    let mut command = Command::new(&start.program);
    command
        .args(&start.arguments)
        .envs(start.environment.iter().map(|(name, value)| (name, value)));
    let failed = |source| Error::Start {
        product: view.product.clone(),
        program: start.program.clone(),
        source,
    };
    let child = command.stdout(stdout).spawn().map_err(failed)?;
    let pid = child.id().unwrap_or_default();
    Ok(Launched {
        view: LaunchView { pid, ..view },
        child: Some(child),
        ended: None,
    })
}

/// The same in a terminal of its own; without one it is started as it is.
#[cfg(all(unix, not(target_os = "macos")))]
fn in_terminal(start: Start) -> Start {
    let found = TERMINALS
        .iter()
        .find(|(terminal, _)| Utf8Path::new(terminal).exists());
    let Some((terminal, words)) = found else {
        return start;
    };
    let before = words
        .iter()
        .map(|word| (*word).to_owned())
        .chain([start.program.to_string()]);
    let arguments = before.chain(start.arguments).collect();
    Start {
        program: Utf8PathBuf::from(*terminal),
        arguments,
        ..start
    }
}

/// The system gives it a console of its own: no shell stands between, which would read the program's words as its own.
#[cfg(windows)]
const fn in_terminal(start: Start) -> Start {
    start
}

/// A terminal program gets its terminal from the system here.
#[cfg(target_os = "macos")]
fn in_terminal(start: Start) -> Start {
    let before = ["-a", "Terminal"]
        .map(str::to_owned)
        .into_iter()
        .chain([start.program.to_string()]);
    let arguments = before.chain(start.arguments).collect();
    Start {
        program: Utf8PathBuf::from("/usr/bin/open"),
        arguments,
        ..start
    }
}
