//! Another computer beside this one: a name, a machine id and a client's home of its own.
//!
//! The client finds out about its computer as it always does. What it finds is another name and another id, because the
//! program runs in namespaces of its own; the account service is reached all the same.

use crate::programs::{Run, another_computer, at, program, run, without_network};
use crate::service::Account;
use camino::{Utf8Path, Utf8PathBuf};
use std::process::Command;

/// A computer with a client.
#[derive(Debug)]
pub struct Computer {
    folder: Utf8PathBuf,
    name: String,
    server: String,
    /// By how much its clock is off, such as `+29d`.
    offset: Option<String>,
}

impl Computer {
    /// A computer called `name`, whose things lie in `folder`.
    pub(crate) fn new(folder: Utf8PathBuf, name: &str, server: &str) -> Self {
        fs_err::create_dir_all(&folder).expect("a folder");
        let id = <sha2::Sha256 as sha2::Digest>::digest(name.as_bytes());
        let id = hex::encode(&id[..16]);
        fs_err::write(folder.join("machine-id"), format!("{id}\n")).expect("written");
        Self {
            folder,
            name: name.to_owned(),
            server: server.to_owned(),
            offset: None,
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its folder, for files that are carried to it.
    pub fn folder(&self) -> &Utf8Path {
        &self.folder
    }

    /// The client's home.
    pub fn home(&self) -> Utf8PathBuf {
        self.folder.join("home")
    }

    /// Moves its clock to so many days from now.
    pub fn go_to_day(&mut self, day: u32) {
        self.offset = Some(format!("+{day}d"));
    }

    /// `toolcrib` on this computer, ready to be started.
    pub fn command(&self, words: &[&str]) -> Command {
        let command = client(&self.home(), &self.folder.join("xdg-data"), &self.server, words);
        let command = match &self.offset {
            Some(offset) => at(offset, command),
            None => command,
        };
        another_computer(&self.name, &self.folder.join("machine-id"), command)
    }

    /// Runs `toolcrib` to its end.
    pub fn toolcrib(&self, words: &[&str]) -> Run {
        run(self.command(words), "")
    }

    /// The same while this computer has no network.
    pub fn toolcrib_offline(&self, words: &[&str]) -> Run {
        run(without_network(self.command(words)), "")
    }

    /// Signs somebody in.
    pub fn sign_in(&self, account: &Account) -> Run {
        let password = format!("{}\n", account.password);
        run(
            self.command(&["sign-in", "--user", &account.user_id, "--password-stdin"]),
            &password,
        )
    }

    /// Copies the whole home of another computer here, in place of what is here: keys, session, leases.
    ///
    /// # Panics
    /// When it cannot be copied.
    pub fn take_home_of(&self, other: &Self) {
        let mut copy = Command::new("cp");
        copy.args(["-a", other.home().as_str(), self.home().as_str()]);
        run(copy, "").ends_with(0);
    }
}

/// `toolcrib` with a home, a folder for a person's data and a server, away from this desktop.
pub(crate) fn client(home: &Utf8Path, data: &Utf8Path, server: &str, words: &[&str]) -> Command {
    let mut command = Command::new(program("toolcrib"));
    command
        .args(words)
        .env("TOOLCRIB_HOME", home)
        .env("TOOLCRIB_SERVER", server)
        .env("XDG_DATA_HOME", data);
    command
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("DISPLAY")
        .env("NO_COLOR", "1");
    command
}
