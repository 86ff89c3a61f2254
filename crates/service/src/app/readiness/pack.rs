//! What an admin takes to the computers: the signed rules, the checker, and command lines for the usual tools.

use super::commands::{Places, commands};
use super::export::file_name;
use crate::actor::Member;
use crate::app::App;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use camino::Utf8PathBuf;
use std::io;
use toolcrib_model::{CheckId, Digest, Platform};
use toolcrib_wire::api::readiness::{CheckerProgram, ReadinessPack};

/// The folder below the data folder with the checker programs: `PLATFORM/toolcrib-check`.
pub const CHECKER_FOLDER: &str = "checkers";
/// The program's name, without the ending that Windows wants.
const PROGRAM: &str = "toolcrib-check";

impl App {
    /// Everything that an admin takes to the computers.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where the check is not the customer's.
    pub async fn readiness_pack(&self, member: &Member, check: CheckId) -> Result<ReadinessPack, Failure> {
        let asked = self.own_check(member, check).await?;
        let app = self.clone();
        let listing = tokio::task::spawn_blocking(move || app.programs());
        let programs = listing.await.map_err(|source| Error::Thread { source })??;
        let bundle_url = self.address(&format!("v1/readiness/checks/{check}/bundle"));
        let bundle_file = format!("{}.json", file_name(&asked.row.title));
        let places = Places {
            bundle_url: &bundle_url,
            bundle_file: &bundle_file,
            checkers_url: &self.address("v1/readiness/checkers"),
            key_id: &self.keys().readiness_key_id().to_string(),
        };
        Ok(ReadinessPack {
            commands: commands(&places),
            bundle_url,
            bundle_file,
            key_id: self.keys().readiness_key_id(),
            programs,
        })
    }

    fn address(&self, path: &str) -> String {
        // A path of our own letters always joins.
        self.base()
            .join(path)
            .map_or_else(|_| path.to_owned(), String::from)
    }

    fn programs(&self) -> Result<Vec<CheckerProgram>, Error> {
        let found = Platform::ALL.into_iter().map(|platform| self.program(platform));
        let found: Result<Vec<_>, Error> = found.collect();
        Ok(found?.into_iter().flatten().collect())
    }

    fn program(&self, platform: Platform) -> Result<Option<CheckerProgram>, Error> {
        let (path, file) = (self.program_path(platform), program_file(platform));
        let failed = |source| Error::File {
            act: "read",
            path: path.clone(),
            source,
        };
        let bytes = match fs_err::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(failed(source)),
        };
        Ok(Some(CheckerProgram {
            platform,
            url: self.address(&format!("v1/readiness/checkers/{platform}")),
            file,
            size_bytes: bytes.len() as u64,
            sha256: Digest::of(&bytes),
        }))
    }

    fn program_path(&self, platform: Platform) -> Utf8PathBuf {
        self.checkers()
            .join(platform.as_str())
            .join(program_file(platform))
    }

    /// Where the checker program for a platform is, and how it is called.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for what is no platform of a computer.
    pub fn checker(&self, platform: Platform) -> Result<(Utf8PathBuf, String), Refusal> {
        match platform {
            Platform::Any => Err(Refusal::NotFound("checker for this platform".to_owned())),
            one => Ok((self.program_path(one), program_file(one))),
        }
    }
}

fn program_file(platform: Platform) -> String {
    match platform {
        Platform::WindowsX86_64 | Platform::WindowsAarch64 => format!("{PROGRAM}.exe"),
        _ => PROGRAM.to_owned(),
    }
}
