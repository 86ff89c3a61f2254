//! The same trees in the peers' formats and in ours: a deflate zip, a tar of zstd level 10, a package.

use crate::corpus::{self, Wheel};
use crate::shell::{self, Result, command};
use crate::stage::Vendor;
use camino::{Utf8Path, Utf8PathBuf};
use std::process::{Command, Stdio};

/// A tree to deliver, published and packed for the peers.
pub(super) struct Package {
    pub(super) product: String,
    pub(super) version: String,
    /// The tree itself.
    pub(super) tree: Utf8PathBuf,
    pub(super) zip_digest: String,
    pub(super) tar_digest: String,
    pub(super) tree_bytes: u64,
    pub(super) zip_bytes: u64,
    pub(super) tar_bytes: u64,
    pub(super) files: u64,
}

impl Package {
    /// What its archives are called, without their endings.
    pub(super) fn name(&self) -> String {
        archive_name(&self.product, &self.version)
    }

    /// Publishes what came as a wheel, and packs it.
    pub(super) fn of_wheel(work: &Utf8Path, vendor: &Vendor, wheel: &Wheel, file: &Utf8Path) -> Result<Self> {
        vendor.wheel(wheel, file)?;
        Self::unpacked(work, wheel, file)
    }

    /// Packs what came as a wheel, for the peers alone.
    pub(super) fn unpacked(work: &Utf8Path, wheel: &Wheel, file: &Utf8Path) -> Result<Self> {
        let tree = work
            .join("trees")
            .join(archive_name(wheel.product, wheel.version));
        if !tree.is_dir() {
            let unpacked = work.join("wheel");
            let text = format!(
                "rm -rf {unpacked} && unzip -q {file} -d {unpacked} && mkdir -p {} && mv {unpacked}/{} {tree} && rm -rf {unpacked}",
                work.join("trees"),
                wheel.prefix
            );
            shell::run(script(&text, work))?;
        }
        Self::pack(work, wheel.product, wheel.version, tree)
    }

    /// Publishes a generated tree of so many small files, and packs it.
    pub(super) fn of_small_files(work: &Utf8Path, vendor: &Vendor, files: u64) -> Result<Self> {
        let tree = corpus::small_files(&work.join("trees"), files)?;
        let product = format!("many-{files}");
        vendor.folder(&product, "1.0.0", &tree)?;
        Self::pack(work, &product, "1.0.0", tree)
    }

    /// Publishes a generated tree of so many large files of 512 MiB, and packs it.
    pub(super) fn of_large_files(work: &Utf8Path, vendor: &Vendor, files: u64) -> Result<Self> {
        let tree = corpus::large_files(&work.join("trees"), files)?;
        let product = format!("big-{files}");
        vendor.folder(&product, "1.0.0", &tree)?;
        Self::pack(work, &product, "1.0.0", tree)
    }

    fn pack(work: &Utf8Path, product: &str, version: &str, tree: Utf8PathBuf) -> Result<Self> {
        let name = archive_name(product, version);
        let (zip, tar) = (
            work.join(format!("{name}.zip")),
            work.join(format!("{name}.tar.zst")),
        );
        if !zip.is_file() {
            shell::run(script(
                &format!("zip -q -r -6 {zip}.new . && mv {zip}.new {zip}"),
                &tree,
            ))?;
        }
        if !tar.is_file() {
            // In the order that helps most: by ending, then by name. Ours is to be compared with the best.
            let text = format!("tar --sort=name -c . | zstd -q -10 -T1 -o {tar}.new && mv {tar}.new {tar}");
            shell::run(script(&text, &tree))?;
        }
        Ok(Self {
            product: product.to_owned(),
            version: version.to_owned(),
            zip_digest: digest(&zip)?,
            tar_digest: digest(&tar)?,
            tree_bytes: number(
                &format!("find {tree} -type f -printf '%s\\n' | awk '{{s+=$1}} END {{printf \"%.0f\", s}}'"),
                work,
            )?,
            files: number(&format!("find {tree} -type f | wc -l"), work)?,
            zip_bytes: zip.metadata()?.len(),
            tar_bytes: tar.metadata()?.len(),
            tree,
        })
    }
}

fn archive_name(product: &str, version: &str) -> String {
    format!("{product}-{version}")
}

fn digest(file: &Utf8Path) -> Result<String> {
    let told = shell::output(command("sha256sum", &[file.as_str()]))?;
    Ok(told[..64].to_owned())
}

fn number(text: &str, folder: &Utf8Path) -> Result<u64> {
    let mut asking = command("sh", &["-c", text]);
    asking.current_dir(folder);
    Ok(shell::output(asking)?.trim().parse()?)
}

fn script(text: &str, folder: &Utf8Path) -> Command {
    let mut shell = command("bash", &["-o", "pipefail", "-c", text]);
    shell.current_dir(folder).stdout(Stdio::null());
    shell
}
