//! The C interface as products use it: a C program that is compiled here, and Python.

#[path = "../../sdk/tests/desk/mod.rs"]
mod desk;

use desk::{Desk, PRODUCT, days, hostile};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

const HERE: &str = env!("CARGO_MANIFEST_DIR");

/// The library that this test was built with lies beside it, or one folder above.
fn library() -> PathBuf {
    let name = format!(
        "{}toolcrib_sdk_c{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    let program = std::env::current_exe().expect("this program");
    let beside = program.parent().expect("a folder").join(&name);
    assert!(beside.is_file(), "{} is built with this test", beside.display());
    beside
}

/// The compiled example, once for all tests.
static EXAMPLE: LazyLock<(tempfile::TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("may_i_run");
    let library = library();
    let done = Command::new("cc")
        .args(["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-I"])
        .arg(Path::new(HERE).join("include"))
        .arg(Path::new(HERE).join("examples/may_i_run.c"))
        .arg(&library)
        .arg(format!(
            "-Wl,-rpath,{}",
            library.parent().expect("a folder").display()
        ))
        .arg("-o")
        .arg(&program)
        .output()
        .expect("a C compiler, which building this workspace needs anyway");
    assert!(done.status.success(), "{done:?}");
    (folder, program)
});

fn from_c(desk: &Desk) -> (Option<i32>, String) {
    let done = Command::new(&EXAMPLE.1)
        .arg(desk.root())
        .arg(PRODUCT)
        .output()
        .expect("started");
    (done.status.code(), last_line(&done))
}

fn last_line(done: &Output) -> String {
    let text = String::from_utf8_lossy(&done.stdout);
    text.lines().last().unwrap_or_default().to_owned()
}

#[test]
fn a_product_in_c_is_told_that_it_may_run_and_for_whom() {
    let desk = Desk::new().with_lease(days(1));
    let told = from_c(&desk);
    assert_eq!(told, (Some(0), "active verified ann@example.com".to_owned()));
}

#[test]
fn whatever_somebody_tries_is_refused_with_its_reason_from_c_too() {
    for case in hostile() {
        let (status, line) = from_c(&case.desk);
        let reason = line.split(' ').nth(1);
        assert_eq!((status, reason), (Some(5), Some(case.reason)), "{}", case.name);
    }
}

#[test]
fn a_product_in_python_is_told_the_same() {
    let desk = Desk::new().with_lease(days(31));
    let ask = Command::new("python3")
        .arg(Path::new(HERE).join("examples/may_i_run.py"))
        .arg(library())
        .arg(desk.root())
        .arg(PRODUCT)
        .output();
    // A computer without Python has nothing to be told.
    let Ok(done) = ask else { return };
    assert!(done.status.success(), "{done:?}");
    assert_eq!(last_line(&done), "grace offline_grace ann@example.com");
}

/// `TOOLCRIB_WRITE_BINDINGS=1` writes it anew.
#[test]
fn the_header_is_the_one_that_the_source_says() {
    let path = Path::new(HERE).join("include/toolcrib_sdk.h");
    let settings = cbindgen::Config::from_file(Path::new(HERE).join("cbindgen.toml")).expect("settings");
    let header = cbindgen::Builder::new()
        .with_config(settings)
        .with_src(Path::new(HERE).join("src/lib.rs"))
        .with_src(Path::new(HERE).join("src/answer.rs"))
        .generate()
        .expect("a header");
    let mut said = Vec::new();
    header.write(&mut said);
    let said = String::from_utf8(said).expect("text");
    if std::env::var_os("TOOLCRIB_WRITE_BINDINGS").is_some() {
        std::fs::write(&path, &said).expect("written");
    }
    assert_eq!(std::fs::read_to_string(&path).expect("there"), said);
}
