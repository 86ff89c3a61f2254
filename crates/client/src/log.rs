//! Where the log of a home lies, for the faces: they write it, and [`Client::support_bundle`] takes it along.
//!
//! [`Client::support_bundle`]: crate::Client::support_bundle

use camino::Utf8Path;
use toolcrib_machine::folders::Home;
use toolcrib_machine::log_file::LogFile;

/// The log of the home at `explicit`, or of this person's usual one; `None` where there can be no home.
pub fn log_file(explicit: Option<&Utf8Path>) -> Option<LogFile> {
    let home = Home::place(explicit.map(Utf8Path::to_owned)).ok()?;
    Some(LogFile::new(home.logs().join("toolcrib.log")))
}
