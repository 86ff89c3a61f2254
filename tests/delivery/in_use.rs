//! Programs of a product that run: nothing takes their files away, and what would do so waits or is refused.

use super::installed::{current_tree, root};
use super::{DONE, ENVIRONMENT, install_old, job_of, owned, sandbox, until_state, versions};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use toolcrib_machine::process::running_below;
use toolcrib_testkit::programs::until;
use toolcrib_testkit::sandbox::{SAMPLE, Sandbox};

/// The sample program, at work on a drawing that nobody takes from it: it runs until somebody reads what it draws.
struct Open {
    program: Child,
    drawing: Utf8PathBuf,
}

impl Open {
    /// Starts the sample program of the current release, as a person does.
    fn start(sandbox: &Sandbox) -> Self {
        let drawing = sandbox.folder().join("drawing.svg");
        let made = Command::new("mkfifo").arg(&drawing).status();
        assert!(made.expect("mkfifo runs").success());
        let mut command = sandbox.command(&[
            "launch",
            SAMPLE,
            "--",
            "draw",
            "welcome",
            "--svg",
            drawing.as_str(),
        ]);
        let program = quiet(&mut command).spawn().expect("started");
        let open = Self { program, drawing };
        let tree = current_tree(sandbox);
        until("the program", Duration::from_secs(60), || {
            (!running_below(&tree).is_empty()).then_some(())
        });
        open
    }

    /// Takes the drawing, so that the program ends by itself and well.
    fn close(mut self) {
        let drawn = fs_err::read_to_string(&self.drawing).expect("a drawing");
        assert!(drawn.contains("<svg"), "{drawn}");
        assert!(self.program.wait().expect("ended").success());
        fs_err::remove_file(&self.drawing).expect("removed");
    }
}

fn quiet(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
}

/// A command that waits for what is missing, in another terminal.
fn patient(sandbox: &Sandbox, words: &[&str]) -> Child {
    let mut command = sandbox.command(words);
    quiet(command.arg("--wait")).spawn().expect("started")
}

fn ends_well(mut child: Child) {
    let ended = until("the end", Duration::from_secs(120), || {
        child.try_wait().expect("a status")
    });
    assert_eq!(ended.code(), Some(DONE));
}

#[test]
fn a_product_that_is_open_is_neither_removed_nor_moved_and_its_programs_are_named() {
    let sandbox = sandbox();
    install_old(&sandbox);
    let open = Open::start(&sandbox);
    let to = sandbox.folder().join("elsewhere");
    let acts = [
        vec!["uninstall", SAMPLE],
        vec!["move", SAMPLE, "--to", to.as_str()],
    ];
    for act in acts {
        let refused = sandbox.toolcrib(&act).ends_with(ENVIRONMENT);
        let said = "Sample Studio is still open: sample-studio (process ";
        assert!(refused.stderr.contains(said), "{}", refused.stderr);
        assert!(refused.stderr.contains("close it"), "{}", refused.stderr);
        let words: Vec<_> = act.into_iter().chain(["--json"]).collect();
        let refused = sandbox.toolcrib(&words).ends_with(ENVIRONMENT);
        assert!(
            refused.stdout.contains(r#""code":"app_open""#),
            "{}",
            refused.stdout
        );
    }
    assert_eq!(job_of(&sandbox, SAMPLE)["kind"], "install", "nothing is begun");
    assert_eq!(versions(&sandbox), [(SAMPLE, "1.0.0")].map(owned));
    open.close();
    sandbox.toolcrib(&["uninstall", SAMPLE]).ends_with(DONE);
}

#[test]
fn a_removal_that_waits_goes_on_by_itself_once_the_program_is_closed() {
    let sandbox = sandbox();
    install_old(&sandbox);
    let open = Open::start(&sandbox);
    let removing = patient(&sandbox, &["uninstall", SAMPLE]);
    until_state(&sandbox, SAMPLE, "waiting");
    let job = job_of(&sandbox, SAMPLE);
    assert_eq!(job["waits_for"], "app_open", "{job}");
    let reason = job["reason"].as_str().unwrap_or_default();
    assert!(
        reason.starts_with("close Sample Studio to go on; still open: sample-studio (process "),
        "{job}"
    );
    let listed = sandbox.toolcrib(&["jobs"]).ends_with(DONE);
    assert!(
        listed.stdout.contains("close Sample Studio to go on"),
        "{}",
        listed.stdout
    );
    open.close();
    ends_well(removing);
    let job = job_of(&sandbox, SAMPLE);
    assert_eq!(
        (&job["state"], &job["waits_for"]),
        (&"done".into(), &Value::Null),
        "{job}"
    );
    assert_eq!(versions(&sandbox), []);
}

#[test]
fn a_move_that_waits_can_be_hurried_in_vain_paused_and_given_up() {
    let sandbox = sandbox();
    install_old(&sandbox);
    let open = Open::start(&sandbox);
    let to = sandbox.folder().join("elsewhere");
    let mut moving = patient(&sandbox, &["move", SAMPLE, "--to", to.as_str()]);
    until_state(&sandbox, SAMPLE, "waiting");
    let wish = sandbox.home().join("jobs/sample-studio-2/wish");
    fs_err::write(&wish, "now").expect("written");
    until("the wish to be heard", Duration::from_secs(60), || {
        (!wish.exists()).then_some(())
    });
    until_state(&sandbox, SAMPLE, "waiting");
    assert!(current_tree(&sandbox).exists(), "nobody talks it into moving");
    sandbox.toolcrib(&["pause", "sample-studio-2"]).ends_with(DONE);
    moving.wait().expect("ended");
    assert_eq!(job_of(&sandbox, SAMPLE)["state"], "paused");
    sandbox
        .toolcrib(&["resume", "sample-studio-2"])
        .ends_with(ENVIRONMENT);
    let failed = job_of(&sandbox, SAMPLE);
    assert_eq!(failed["failure"]["code"], "app_open", "{failed}");

    let mut again = patient(&sandbox, &["resume", "sample-studio-2"]);
    until_state(&sandbox, SAMPLE, "waiting");
    sandbox.toolcrib(&["cancel", "sample-studio-2"]).ends_with(DONE);
    again.wait().expect("ended");
    assert_eq!(job_of(&sandbox, SAMPLE)["state"], "cancelled");
    open.close();
    assert!(!to.exists() && current_tree(&sandbox).exists());
}

#[test]
fn updates_go_on_beside_a_program_and_its_release_goes_once_it_is_closed() {
    let sandbox = sandbox();
    install_old(&sandbox);
    let open = Open::start(&sandbox);
    sandbox
        .toolcrib(&["update", SAMPLE, "--accept-terms"])
        .ends_with(DONE);
    assert_eq!(versions(&sandbox), [(SAMPLE, "1.1.0")].map(owned));
    open.close();

    // With other components the release is made anew, and nothing but the program keeps the tree before it.
    let in_use = current_tree(&sandbox);
    let open = Open::start(&sandbox);
    change_components(&sandbox, "--add");
    assert_ne!(current_tree(&sandbox), in_use);
    assert!(in_use.join("templates").exists(), "a program runs there");
    open.close();
    change_components(&sandbox, "--remove");
    assert!(!in_use.exists(), "nobody needs it any more");
    assert_eq!(trees(&root(&sandbox)), 2, "the current one and the way back");
}

fn change_components(sandbox: &Sandbox, how: &str) {
    sandbox
        .toolcrib(&["components", SAMPLE, how, "examples"])
        .ends_with(DONE);
}

fn trees(root: &Utf8Path) -> usize {
    fs_err::read_dir(root.join("releases")).expect("a folder").count()
}
