//! Bad input: each a clear error with what to do, the right exit status, and nothing half done.

use std::net::TcpListener;
use std::process::Command;
use toolcrib_testkit::programs::{Run, program, run, tree};
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

const FAILED: i32 = 1;
const USAGE: i32 = 2;
const ENVIRONMENT: i32 = 3;
const NOT_ENTITLED: i32 = 4;

/// The error names `what`, says what to do, and the exit status is `status`.
#[track_caller]
fn check(run: Run, status: i32, what: &str) {
    let run = run.ends_with(status);
    let said = run.stderr.to_lowercase();
    assert!(
        said.contains(&what.to_lowercase()),
        "`{what}` is not said: {}",
        run.stderr
    );
    assert!(
        said.contains("help:") || status == USAGE,
        "it does not say what to do: {}",
        run.stderr
    );
    assert!(!said.contains("panicked"), "{}", run.stderr);
}

#[test]
fn a_wrong_password_is_refused_and_nobody_is_signed_in() {
    let sandbox = Sandbox::new();
    let user = sandbox.account("jones").user_id.clone();
    let words = ["sign-in", "--user", &user, "--password-stdin"];
    check(run(sandbox.command(&words), "wrong\n"), NOT_ENTITLED, "password");
    sandbox.toolcrib(&["whoami"]).ends_with(NOT_ENTITLED);
}

#[test]
fn an_unknown_product_is_named() {
    let sandbox = Sandbox::signed_in("jones");
    check(
        sandbox.toolcrib(&["install", "warp-drive", "--accept-terms"]),
        NOT_ENTITLED,
        "warp-drive",
    );
}

#[test]
fn a_product_id_that_is_none_is_a_usage_error() {
    let sandbox = Sandbox::new();
    check(
        sandbox.toolcrib(&["install", "../etc", "--accept-terms"]),
        USAGE,
        "../etc",
    );
}

#[test]
fn without_a_seat_a_product_is_not_to_be_had_and_the_administrators_are_named() {
    let sandbox = Sandbox::new();
    let seatless = sandbox
        .accounts()
        .iter()
        .map(|account| account.user_id.clone())
        .find(|user| {
            sandbox.sign_in(user).ends_with(0);
            let products = sandbox.toolcrib(&["products", "--json"]).json();
            !products
                .as_array()
                .is_some_and(|list| list.iter().any(|one| one["product"] == SAMPLE))
        });
    assert!(
        seatless.is_some(),
        "the sample customer has somebody without a seat"
    );
    check(
        sandbox.toolcrib(&["install", SAMPLE, "--accept-terms"]),
        NOT_ENTITLED,
        "ask",
    );
}

#[test]
fn terms_that_were_not_accepted_stop_the_install_before_anything_is_fetched() {
    let sandbox = Sandbox::signed_in("jones");
    let before = sandbox.content_bytes_sent();
    check(sandbox.toolcrib(&["install", SAMPLE]), USAGE, "--accept-terms");
    assert!(
        !sandbox
            .home()
            .join("receipts")
            .join(format!("{SAMPLE}.json"))
            .exists()
    );
    assert!(
        sandbox.content_bytes_sent() - before < 1 << 20,
        "only the index may have been fetched"
    );
}

#[test]
fn without_a_network_the_error_says_so() {
    let mut sandbox = Sandbox::signed_in("jones");
    sandbox.stop_service();
    check(
        sandbox.toolcrib(&["install", SAMPLE, "--accept-terms"]),
        ENVIRONMENT,
        "could not connect",
    );
}

#[test]
fn a_server_that_is_not_ours_is_recognised() {
    let sandbox = Sandbox::new();
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || listener.incoming().flatten().for_each(answer_as_somebody_else));
    let words = [
        "--server",
        &url,
        "sign-in",
        "--user",
        "jones@jones.example",
        "--password-stdin",
    ];
    check(
        run(sandbox.command(&words), "x\n"),
        ENVIRONMENT,
        "not an account service",
    );
}

fn answer_as_somebody_else(mut stream: std::net::TcpStream) {
    use std::io::{Read as _, Write as _};
    let mut request = [0; 4096];
    let _ = stream.read(&mut request);
    let page = "<html>It works!</html>";
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        page.len()
    );
    let _ = stream.write_all(format!("{head}{page}").as_bytes());
}

#[test]
fn where_no_account_service_is_known_no_domain_of_content_servers_is_kept() {
    let home = tempfile::tempdir().expect("a folder");
    let toolcrib = |words: &[&str]| {
        let mut command = Command::new(program("toolcrib"));
        command
            .args(words)
            .env("TOOLCRIB_HOME", home.path())
            .env_remove("TOOLCRIB_SERVER");
        run(command, "")
    };
    let find = ["content-servers", "find", "smith.example"];
    check(toolcrib(&find), NOT_ENTITLED, "no account service is known");
    let shown = toolcrib(&["content-servers"]).ends_with(0).stdout;
    assert!(shown.contains("none is looked for"), "{shown}");
}

#[test]
fn plain_http_to_another_computer_is_refused() {
    let sandbox = Sandbox::new();
    let words = [
        "--server",
        "http://server.example",
        "sign-in",
        "--user",
        "a@b.example",
        "--password-stdin",
    ];
    check(run(sandbox.command(&words), "x\n"), ENVIRONMENT, "https");
}

#[test]
fn a_folder_that_cannot_be_written_is_found_before_anything_is_fetched() {
    let sandbox = Sandbox::signed_in("jones");
    let before = sandbox.content_bytes_sent();
    // Root may write anywhere but into the kernel's own file system.
    check(
        sandbox.toolcrib(&["install", SAMPLE, "--accept-terms", "--dir", "/proc/studio"]),
        ENVIRONMENT,
        "/proc/studio",
    );
    assert!(
        sandbox.content_bytes_sent() - before < 1 << 20,
        "only the index may have been fetched"
    );
}

#[test]
fn a_full_disk_is_told_with_what_is_needed_and_nothing_is_half_done() {
    let sandbox = Sandbox::signed_in("jones");
    let Some(small) = SmallVolume::mount(sandbox.folder().join("small").as_str()) else {
        return;
    };
    let place = format!("{}/studio", small.0);
    check(
        sandbox.toolcrib(&["install", SAMPLE, "--accept-terms", "--dir", &place]),
        ENVIRONMENT,
        "space",
    );
    assert_eq!(
        sandbox.toolcrib(&["list", "--json"]).json(),
        serde_json::json!([])
    );
}

/// A volume of two megabytes, unmounted with this value; only where this process may mount.
struct SmallVolume(String);

impl SmallVolume {
    fn mount(path: &str) -> Option<Self> {
        fs_err::create_dir_all(path).expect("a folder");
        let words = ["-t", "tmpfs", "-o", "size=2m", "tmpfs", path];
        let mounted = std::process::Command::new("mount")
            .args(words)
            .status()
            .is_ok_and(|status| status.success());
        mounted.then(|| Self(path.to_owned()))
    }
}

impl Drop for SmallVolume {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_broken_product_file_names_its_line_and_changes_nothing_in_the_catalogue() {
    let sandbox = Sandbox::new();
    let folder = sandbox.folder().join("vendor");
    let words = |verb: &str| {
        let mut command = std::process::Command::new(program("toolcrib-publish"));
        command.args([
            verb,
            "--catalogue",
            folder.join("catalogue").as_str(),
            "--keys",
            folder.join("keys").as_str(),
        ]);
        command
    };
    run(words("init"), "").ends_with(0);
    let files = folder.join("files");
    fs_err::create_dir_all(&files).expect("a folder");
    fs_err::write(files.join("a.txt"), "a").expect("a file");
    let described = folder.join("product.toml");
    fs_err::write(&described, "name = \"X\"\npublishr = \"Y\"\n").expect("a file");
    let before = tree(&folder.join("catalogue"));

    let mut add = words("add");
    add.args([
        "--product",
        "x",
        "--version",
        "1.0.0",
        "--platform",
        "any",
        "--language",
        "en",
    ]);
    add.args(["--from", files.as_str(), "--product-file", described.as_str()]);
    let refused = run(add, "").ends_with(FAILED);
    assert!(
        refused.stderr.contains("publishr") && refused.stderr.contains("publisher"),
        "{}",
        refused.stderr
    );
    assert_eq!(tree(&folder.join("catalogue")), before);
}
