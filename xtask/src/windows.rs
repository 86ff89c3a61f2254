//! `cargo xtask windows`: the programs for Windows, built on another system. `docs/windows.md` says what it needs and what
//! was tried with the result.

use crate::say;
use crate::shell::{self, Result, cargo, command};
use camino::Utf8PathBuf;
use clap::Args;

/// What is built.
#[derive(Args)]
pub(crate) struct Options {
    /// As shipped, rather than quick to build and with fault points.
    #[arg(long)]
    release: bool,
    /// The tests of these crates, too; they are not run.
    #[arg(long, value_name = "PACKAGE")]
    tests: Vec<String>,
}

const TARGET: &str = "x86_64-pc-windows-gnu";
const LINKER: &str = "x86_64-w64-mingw32-gcc";
/// The programs that people have on Windows: the service runs elsewhere, and the window needs a build on Windows.
const PACKAGES: [&str; 4] = [
    "toolcrib-cli",
    "toolcrib-publish",
    "toolcrib-checker",
    "sample-studio",
];

/// Where the standard library for Windows comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Library {
    /// It is installed with the compiler.
    Installed,
    /// It is built from the compiler's own sources.
    FromSources,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let library = say::step("what a build for Windows needs", prerequisites)?;
    say::step("the programs for Windows (the first time takes minutes)", || {
        build(&["build", "--bins"], &PACKAGES, library, options.release)
    })?;
    if !options.tests.is_empty() {
        let packages: Vec<&str> = options.tests.iter().map(String::as_str).collect();
        say::step("the tests for Windows", || {
            build(&["test", "--no-run"], &packages, library, options.release)
        })?;
    }
    let profile = if options.release { "release" } else { "debug" };
    say::done(&format!(
        "the programs lie in {}",
        crate::build::target_folder().join(TARGET).join(profile)
    ));
    Ok(())
}

/// Looks for everything at once, so that nobody is told of one missing thing after the other.
fn prerequisites() -> Result<Library> {
    let asked =
        |words: &[&str]| -> Result<Utf8PathBuf> { Ok(shell::output(command("rustc", words))?.trim().into()) };
    let installed = asked(&["--print", "target-libdir", "--target", TARGET])?.exists();
    let sources = asked(&["--print", "sysroot"])?.join("lib/rustlib/src/rust/library/Cargo.toml");
    let mut missing = Vec::new();
    if !shell::has(LINKER) {
        missing.push(format!(
            "the linker `{LINKER}` (Debian: the packages `gcc-mingw-w64-x86-64` and `g++-mingw-w64-x86-64`)"
        ));
    }
    if !installed && !sources.exists() {
        missing.push(format!(
            "the standard library for `{TARGET}` (`rustup target add {TARGET}`), or the compiler's sources to build it \
             from (Debian: the package `rust-src`)"
        ));
    }
    match missing.is_empty() {
        true if installed => Ok(Library::Installed),
        true => Ok(Library::FromSources),
        false => Err(format!("missing: {}", missing.join("; ")).into()),
    }
}

fn build(act: &[&str], packages: &[&str], library: Library, release: bool) -> Result<()> {
    let mut words = act.to_vec();
    words.extend(["--locked", "--target", TARGET]);
    words.extend(release.then_some("--release"));
    for package in packages {
        words.extend(["--package", package]);
    }
    if library == Library::FromSources {
        words.push("-Zbuild-std=std,panic_unwind");
    }
    let mut cargo = cargo(&words);
    cargo.env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER", LINKER);
    // The assembler that this part of cryptography wants is seldom installed; its results come with it.
    cargo.env("AWS_LC_SYS_PREBUILT_NASM", "1");
    if library == Library::FromSources {
        cargo.env("RUSTC_BOOTSTRAP", "1");
    }
    shell::run(cargo)
}
