//! `cargo xtask dist`: what is given to people as single files.

use crate::say;
use crate::shell::{self, Result, cargo, command};
use clap::{Args, Subcommand};

/// What is made.
#[derive(Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// `toolcrib-check`, which admins take to the computers of a check: static where the system allows it.
    Checker,
}

const PACKAGE: &str = "toolcrib-checker";
const PROGRAM: &str = "toolcrib-check";
/// A program without any library of the system; only Linux has one.
const STATIC: &str = "x86_64-unknown-linux-musl";
/// The most that the checker may weigh.
const MOST: u64 = 8 << 20;

pub(crate) fn run(options: &Options) -> Result<()> {
    match options.what {
        What::Checker => checker(),
    }
}

fn checker() -> Result<()> {
    let is_static = cfg!(all(target_os = "linux", target_arch = "x86_64"));
    let target: &[&str] = if is_static { &["--target", STATIC] } else { &[] };
    if is_static {
        if !shell::has("musl-gcc") {
            return Err("`musl-gcc` is missing: install the package `musl-tools`".into());
        }
        say::step("the static target", || {
            shell::run(command("rustup", &["target", "add", STATIC]))
        })?;
    }
    say::step("the checker, small before fast", || {
        let words = ["build", "--locked", "--package", PACKAGE, "--profile", "checker"];
        shell::run(cargo(&[&words[..], target].concat()))
    })?;
    let built = shell::root()
        .join("target")
        .join(if is_static { STATIC } else { "" });
    let built = built
        .join("checker")
        .join(format!("{PROGRAM}{}", std::env::consts::EXE_SUFFIX));
    let name = format!(
        "{PROGRAM}-{}-{}{}",
        std::env::consts::OS,
        std::env::consts::ARCH,
        std::env::consts::EXE_SUFFIX
    );
    let folder = shell::root().join("target/dist");
    std::fs::create_dir_all(&folder)?;
    let bytes = std::fs::copy(&built, folder.join(&name))?;
    say::done(&format!("target/dist/{name}: {bytes} bytes"));
    match bytes {
        0..=MOST => Ok(()),
        _ => Err(format!("the checker weighs {bytes} bytes, more than {MOST}").into()),
    }
}
