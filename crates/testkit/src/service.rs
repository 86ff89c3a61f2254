//! A running account service, and asking it without a client.

use crate::programs::{at, program, until};
use camino::Utf8Path;
use serde::Deserialize;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// What the service says of itself once it is ready.
#[derive(Clone, Debug, Deserialize)]
pub struct Introduction {
    /// Where it answers.
    pub url: String,
    /// Who can sign in.
    pub accounts: Vec<Account>,
    /// What can be had.
    pub products: Vec<String>,
}

/// Somebody who can sign in.
#[derive(Clone, Debug, Deserialize)]
pub struct Account {
    /// The User ID.
    pub user_id: String,
    /// The password.
    pub password: String,
    /// The customer.
    pub organisation: String,
    /// The roles.
    pub roles: Vec<String>,
}

/// Starts a service with its data below `folder`, by a clock that may be off, and answers what it says of itself.
///
/// One that is started again where it was may find its port taken for a moment, by a connection of somebody else.
pub(crate) fn start(folder: &Utf8Path, listen: &str, offset: Option<&str>) -> (Child, Introduction) {
    until("a port that is free again", Duration::from_secs(90), || {
        let (mut service, line) = spawn(folder, listen, offset);
        let introduction = serde_json::from_str(&line);
        let log = || fs_err::read_to_string(folder.join("service.log")).unwrap_or_default();
        match introduction {
            Ok(introduction) => Some((service, introduction)),
            Err(_) if line.is_empty() && log().contains("Address already in use") => {
                let _ended = service.wait();
                None
            }
            Err(error) => panic!(
                "the service did not introduce itself ({error}): {line}\n{}",
                log()
            ),
        }
    })
}

/// A service, and the first line that it says.
fn spawn(folder: &Utf8Path, listen: &str, offset: Option<&str>) -> (Child, String) {
    let mut command = Command::new(program("toolcrib-service"));
    command.args(["demo", "--json", "--listen", listen]);
    command.args([
        "--data",
        folder.join("service").as_str(),
        "--catalogue",
        folder.join("catalogue").as_str(),
    ]);
    if let Some(offset) = offset {
        command = at(offset, command);
    }
    let log = fs_err::File::create(folder.join("service.log")).expect("a log file");
    let mut service = command
        .stdout(Stdio::piped())
        .stderr(Stdio::from(log.into_file()))
        .spawn()
        .expect("the account service starts");
    let stdout = service.stdout.take().expect("its output");
    let mut line = String::new();
    BufReader::new(stdout)
        .read_line(&mut line)
        .expect("its first line");
    (service, line)
}

/// Ends a service politely, so that it closes its database.
pub(crate) fn stop(mut service: Child) {
    let _ = Command::new("kill")
        .args(["-TERM", &service.id().to_string()])
        .status();
    let _ = service.wait();
}
