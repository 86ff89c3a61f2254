//! Laying out a release of this program as a vendor publishes it. The same version always gives the same bytes.

mod content;
mod product_file;

use crate::release::{self, Edition, Release};
use camino::{Utf8Path, Utf8PathBuf};
use std::io;
use thiserror::Error;

/// A release could not be laid out.
#[derive(Debug, Error)]
pub(crate) enum Error {
    /// There is a release already.
    #[error("`{0}` already holds something: name a new folder")]
    NotEmpty(Utf8PathBuf),
    /// The version is none.
    #[error("`{0}` is not a version such as 1.1.0")]
    Version(String),
    /// Something could not be written; the source names it.
    #[error("the release could not be written: {0}")]
    Write(#[from] io::Error),
    /// This program does not know where it is.
    #[error("this program's own file was not found: {0}")]
    OwnProgram(#[source] io::Error),
}

/// Lays out `version` of an edition below `to`: `files/` is what is published, `product.toml` describes it.
pub(crate) fn lay_out(edition: Edition, version: &str, to: &Utf8Path) -> Result<(), Error> {
    if !is_version(version) {
        return Err(Error::Version(version.escape_debug().take(80).collect()));
    }
    if to.exists() && fs_err::read_dir(to)?.next().is_some() {
        return Err(Error::NotEmpty(to.to_owned()));
    }
    let files = to.join("files");
    let release = Release {
        edition,
        version: version.to_owned(),
    };
    for (path, bytes) in content::files(version) {
        write(&files.join(path), &bytes)?;
    }
    write(
        &files.join(release::FILE),
        &serde_json::to_vec_pretty(&release).map_err(io::Error::from)?,
    )?;
    fs_err::create_dir_all(files.join("bin"))?;
    let program = std::env::current_exe().map_err(Error::OwnProgram)?;
    fs_err::copy(program, files.join("bin").join(product_file::PROGRAM))?;
    write(&to.join("EULA.txt"), content::EULA.as_bytes())?;
    write(&to.join("product.toml"), product_file::text(edition).as_bytes())
}

/// Three numbers with dots, and what semantic versions allow after them.
fn is_version(raw: &str) -> bool {
    let end = raw.find(['-', '+']).unwrap_or(raw.len());
    let (numbers, rest) = raw.split_at(end);
    let is_number = |piece: &str| !piece.is_empty() && piece.bytes().all(|byte| byte.is_ascii_digit());
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.');
    numbers.split('.').count() == 3 && numbers.split('.').all(is_number) && rest.chars().all(legal)
}

fn write(path: &Utf8Path, bytes: &[u8]) -> Result<(), Error> {
    fs_err::create_dir_all(path.parent().unwrap_or(path))?;
    Ok(fs_err::write(path, bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn laid_out(version: &str) -> BTreeMap<String, Vec<u8>> {
        content::files(version).into_iter().collect()
    }

    #[test]
    fn the_same_version_always_gives_the_same_bytes() {
        assert!(laid_out("1.0.0") == laid_out("1.0.0"));
    }

    #[test]
    fn two_versions_share_most_of_their_files() {
        let (old, new) = (laid_out("1.0.0"), laid_out("1.1.0"));
        let same = old
            .iter()
            .filter(|(path, bytes)| new.get(*path) == Some(bytes))
            .count();
        assert!(same * 10 > old.len() * 8 && old != new, "{same} of {}", old.len());
    }

    #[test]
    fn every_template_can_be_drawn() {
        let plans = laid_out("1.1.0")
            .into_iter()
            .filter(|(path, _)| path.ends_with(".plan"));
        for (path, bytes) in plans {
            let text = String::from_utf8(bytes).expect("templates are text");
            let plan: crate::plan::Plan = text.parse().expect(&path);
            assert!(
                plan.width > 0 && plan.height > 0 && !plan.shapes.is_empty(),
                "{path}"
            );
        }
    }

    #[test]
    fn a_version_that_is_none_is_refused_before_anything_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8Path::from_path(folder.path())
            .expect("a UTF-8 path")
            .join("release");
        for hostile in ["", "1", "1.0", "v1.0.0", "1.0.0/../x", "1.0.0 ", "../../x"] {
            assert!(
                matches!(lay_out(Edition::Standard, hostile, &path), Err(Error::Version(_))),
                "{hostile}"
            );
        }
        assert!(!path.exists() && is_version("1.2.3-rc.1+build.5"));
    }

    #[test]
    fn a_folder_that_holds_something_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = Utf8Path::from_path(folder.path()).expect("a UTF-8 path");
        fs_err::write(folder.join("mine.txt"), "mine").expect("a file");
        assert!(matches!(
            lay_out(Edition::Standard, "1.0.0", folder),
            Err(Error::NotEmpty(_))
        ));
    }
}
