//! Running other programs.

use camino::Utf8PathBuf;
use std::process::{Command, Stdio};

/// What went wrong, in words for the person at the terminal.
pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The top of the repository.
pub(crate) fn root() -> Utf8PathBuf {
    let here = Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(Utf8PathBuf::from).unwrap_or(here)
}

/// A command in the repository's top folder.
pub(crate) fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// Cargo, as this task was started by it.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    command(
        &std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()),
        arguments,
    )
}

/// Runs a command to its end, showing what it prints.
pub(crate) fn run(mut command: Command) -> Result<()> {
    let words = words(&command);
    let status = command
        .status()
        .map_err(|error| format!("`{words}` could not be started: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{words}` ended with {status}").into())
    }
}

/// Runs a command to its end and answers what it printed to stdout.
pub(crate) fn output(mut command: Command) -> Result<String> {
    let words = words(&command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("`{words}` could not be started: {error}"))?;
    match output.status.success() {
        true => Ok(String::from_utf8(output.stdout)?),
        false => Err(format!("`{words}` ended with {}", output.status).into()),
    }
}

/// Whether a program can be found on this machine.
pub(crate) fn has(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|paths| std::env::split_paths(&paths).any(|folder| folder.join(program).is_file()))
}

fn words(command: &Command) -> String {
    let arguments = command.get_args().map(|word| word.to_string_lossy());
    std::iter::once(command.get_program().to_string_lossy())
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}
