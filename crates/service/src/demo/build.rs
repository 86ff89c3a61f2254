//! Makes the sample catalogue with the programs beside this one: the vendor's own tools, as a vendor would.

use crate::catalogue::admit::TIMESTAMP;
use crate::error::Error;
use crate::output;
use crate::settings::Places;
use camino::{Utf8Path, Utf8PathBuf};
use std::env::consts::EXE_SUFFIX;
use tokio::process::Command;
use toolcrib_machine::files;
use toolcrib_model::Platform;

/// The releases of the sample vendor: the edition of the sample program, the product that it is, the version.
const RELEASES: [(&str, &str, &str); 3] = [
    ("standard", "sample-studio", "1.0.0"),
    ("standard", "sample-studio", "1.1.0"),
    // It asks for a serial number.
    ("pro", "sample-studio-pro", "1.0.0"),
];

/// The programs beside this one.
struct Programs {
    publish: Utf8PathBuf,
    studio: Utf8PathBuf,
}

/// Makes the catalogue, or renews the signature's dates of the one from an earlier start.
///
/// # Errors
/// [`Error::MissingProgram`] where a program is not there, [`Error::ProgramFailed`] where one fails.
pub async fn build(places: &Places) -> Result<(), Error> {
    let programs = Programs::find()?;
    let work = places.data.join("demo");
    let keys = work.join("keys");
    if files::exists(&places.catalogue.join(TIMESTAMP))? {
        return run(
            &programs.publish,
            &[
                "refresh",
                "--catalogue",
                places.catalogue.as_str(),
                "--keys",
                keys.as_str(),
            ],
        )
        .await;
    }
    output::note("Making the sample catalogue (only once) …");
    let (building, new_keys) = (work.join("catalogue.building"), work.join("keys.building"));
    for left in [&building, &new_keys, &keys, &places.catalogue] {
        files::remove_tree(left)?;
    }
    files::create_folders(&work)?;
    programs.make(&work, &building, &new_keys).await?;
    files::rename(&new_keys, &keys)?;
    // The catalogue gets its name last: with it, the work is done.
    files::rename(&building, &places.catalogue)?;
    Ok(())
}

impl Programs {
    fn find() -> Result<Self, Error> {
        Ok(Self {
            publish: beside("toolcrib-publish")?,
            studio: beside("sample-studio")?,
        })
    }

    async fn make(&self, work: &Utf8Path, catalogue: &Utf8Path, keys: &Utf8Path) -> Result<(), Error> {
        let places = ["--catalogue", catalogue.as_str(), "--keys", keys.as_str()];
        run(&self.publish, &[&["init"], &places[..]].concat()).await?;
        for (edition, product, version) in RELEASES {
            let release = work.join(format!("release-{product}-{version}"));
            files::remove_tree(&release)?;
            let words = ["package", "--edition", edition, "--version", version, "--to"];
            run(&self.studio, &[&words[..], &[release.as_str()]].concat()).await?;
            self.publish(&places, &["--product", product, "--version", version], &release)
                .await?;
            files::remove_tree(&release)?;
        }
        Ok(())
    }

    async fn publish(&self, places: &[&str], what: &[&str], release: &Utf8Path) -> Result<(), Error> {
        let (from, product_file) = (release.join("files"), release.join("product.toml"));
        let platform = Platform::current();
        let made = ["--platform", platform.as_str(), "--language", "en"];
        let from = ["--from", from.as_str(), "--product-file", product_file.as_str()];
        let add = [&["add", "--level", "10"], places, what, &made, &from].concat();
        run(&self.publish, &add).await?;
        let promote = [&["promote", "--channel", "stable"], places, what].concat();
        run(&self.publish, &promote).await
    }
}

fn beside(program: &'static str) -> Result<Utf8PathBuf, Error> {
    let own = std::env::current_exe().map_err(|source| Error::StartProgram {
        program: program.to_owned(),
        source,
    })?;
    let folder = own.parent().map(std::path::Path::to_owned).unwrap_or_default();
    let path = folder.join(format!("{program}{EXE_SUFFIX}"));
    let path = Utf8PathBuf::try_from(path).map_err(|source| Error::StartProgram {
        program: program.to_owned(),
        source: source.into_io_error(),
    })?;
    if path.is_file() {
        Ok(path)
    } else {
        Err(Error::MissingProgram { program, path })
    }
}

async fn run(program: &Utf8Path, arguments: &[&str]) -> Result<(), Error> {
    let name = || program.file_name().unwrap_or_default().to_owned();
    let done = Command::new(program)
        .args(arguments)
        .kill_on_drop(true)
        .output()
        .await;
    let done = done.map_err(|source| Error::StartProgram {
        program: name(),
        source,
    })?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    let message = said
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("it said nothing")
        .to_owned();
    Err(Error::ProgramFailed {
        program: name(),
        status: done.status.to_string(),
        message,
    })
}
