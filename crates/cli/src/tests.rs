use crate::arguments::Arguments;
use crate::exit::Exit;
use clap::{CommandFactory, Parser};
use jiff::Timestamp;
use toolcrib_client::code::Code;
use toolcrib_client::job::{Kind, Priority, State};
use toolcrib_client::view::{JobView, ProgressView, UiError};
use toolcrib_model::Verdict;

/// The table that scripts rely on.
const EXIT_OF_CODE: [(Code, u8); 30] = [
    (Code::NotSignedIn, 4),
    (Code::WrongCredentials, 4),
    (Code::SecondStepNeeded, 4),
    (Code::NotEntitled, 4),
    (Code::NoSeat, 4),
    (Code::UnknownProduct, 4),
    (Code::Offline, 3),
    (Code::ServerUnusable, 3),
    (Code::NotOurServer, 3),
    (Code::UntrustedCatalogue, 1),
    (Code::RequirementsFailed, 1),
    (Code::TextsNotAccepted, 2),
    (Code::Metered, 3),
    (Code::Policy, 3),
    (Code::DiskFull, 3),
    (Code::FolderUnusable, 3),
    (Code::HoldsCopy, 3),
    (Code::DamagedPackage, 1),
    (Code::Busy, 1),
    (Code::AppOpen, 3),
    (Code::UnknownJob, 1),
    (Code::NotInstalled, 1),
    (Code::AlreadyInstalled, 1),
    (Code::DeviceLimit, 5),
    (Code::DeviceReleased, 5),
    (Code::SerialNeeded, 5),
    (Code::LicenceRefused, 5),
    (Code::LaunchFailed, 1),
    (Code::Invalid, 2),
    (Code::Internal, 1),
];

#[test]
fn every_code_has_its_exit_status() {
    for (code, status) in EXIT_OF_CODE {
        assert_eq!(Exit::from(code) as u8, status, "{code:?}");
    }
    let named: Vec<_> = EXIT_OF_CODE.iter().map(|(code, _)| *code).collect();
    assert_eq!(named, Code::ALL);
}

#[test]
fn a_check_ends_with_its_verdict() {
    let statuses = [Verdict::Pass, Verdict::Warn, Verdict::Fail].map(|verdict| Exit::from(verdict) as u8);
    assert_eq!(statuses, [0, 10, 20]);
}

pub(crate) fn job(state: State, failure: Option<Code>) -> JobView {
    let failure = failure.map(|code| UiError {
        code,
        message: "m".into(),
        advice: "a".into(),
        retryable: false,
    });
    JobView {
        id: "a-1".parse().expect("an id"),
        kind: Kind::Install,
        product: "a".parse().expect("an id"),
        name: "A".to_owned(),
        version: "1.0.0".parse().expect("a version"),
        state,
        reason: None,
        progress: ProgressView::default(),
        failure,
        waits_for: None,
        after: Vec::new(),
        priority: Priority::Normal,
        rank: 0,
        components: Vec::new(),
        installed: Vec::new(),
        left: None,
        not_before: None,
        asks_metered: false,
        folder: None,
        platform: None,
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn a_job_ends_with_its_own_exit_status() {
    let table = [
        (State::Done, None, false, 0),
        (State::Done, None, true, 7),
        (State::Paused, None, false, 6),
        (State::Cancelled, None, false, 1),
        (State::RolledBack, None, false, 1),
        (State::Failed, None, false, 1),
        (State::Failed, Some(Code::DiskFull), false, 3),
        (State::Failed, Some(Code::NoSeat), false, 4),
    ];
    for (state, failure, restart, status) in table {
        assert_eq!(
            Exit::of_job(&job(state, failure), restart) as u8,
            status,
            "{state:?} {failure:?}"
        );
    }
}

#[test]
fn of_several_jobs_the_first_failure_counts_then_what_stands_still() {
    let table = [
        (vec![Exit::Done, Exit::Done], 0),
        (vec![Exit::Done, Exit::RestartNeeded], 7),
        (vec![Exit::RestartNeeded, Exit::Paused], 6),
        (vec![Exit::Paused, Exit::Environment, Exit::Failed], 3),
        (vec![], 0),
    ];
    for (exits, status) in table {
        assert_eq!(Exit::of_all(exits.clone()) as u8, status, "{exits:?}");
    }
}

#[test]
fn a_goal_in_the_queue_is_named_once() {
    let parse = |line: &str| Arguments::try_parse_from(line.split(' ')).is_ok();
    assert!(parse("toolcrib jobs move a-1 --before b-1"));
    assert!(parse("toolcrib jobs move a-1 --first"));
    assert!(!parse("toolcrib jobs move a-1"));
    assert!(!parse("toolcrib jobs move a-1 --first --last"));
    assert!(parse("toolcrib pause --all"));
    assert!(!parse("toolcrib pause"));
    assert!(!parse("toolcrib pause a-1 --all"));
}

#[test]
fn the_definition_of_the_command_line_is_sound() {
    Arguments::command().debug_assert();
}

#[test]
fn the_help_of_every_command_is_as_written() {
    let mut command = Arguments::command().term_width(100);
    command.build();
    let mut text = command.render_long_help().to_string();
    for sub in command
        .get_subcommands_mut()
        .filter(|sub| sub.get_name() != "help")
    {
        let name = sub.get_name().to_owned();
        let help = sub.render_long_help().to_string();
        let own = help.split("\nGlobal options:").next().unwrap_or_default();
        text.push_str(&format!("\n──── {name} ────\n{own}"));
    }
    let version = env!("CARGO_PKG_VERSION");
    insta::assert_snapshot!(text.replace(version, "[version]"));
}

#[test]
fn flags_are_taken_before_and_after_the_command() {
    for line in ["toolcrib --json list", "toolcrib list --json"] {
        assert!(
            Arguments::try_parse_from(line.split(' '))
                .expect("understood")
                .global
                .json,
            "{line}"
        );
    }
}

#[test]
fn rules_and_a_product_exclude_each_other() {
    let parse = |line: &str| Arguments::try_parse_from(line.split(' ')).is_ok();
    assert!(parse("toolcrib check sample-studio"));
    assert!(parse("toolcrib check --rules rules.json"));
    assert!(!parse("toolcrib check"));
    assert!(!parse("toolcrib check sample-studio --rules rules.json"));
}

#[test]
fn what_follows_two_dashes_is_handed_to_the_product() {
    let line = "toolcrib launch zig -- build --release=fast";
    let parsed = Arguments::try_parse_from(line.split(' ')).expect("understood");
    let crate::arguments::Command::Launch(launch) = parsed.command else {
        panic!("another command")
    };
    assert_eq!(launch.arguments, ["build", "--release=fast"]);
}

#[test]
fn a_missing_argument_is_named_in_json_too() {
    let refused = Arguments::try_parse_from(["toolcrib", "check", "--json"]).expect_err("nothing to check");
    let said = crate::first_paragraph(&refused.render().to_string());
    assert!(
        said.starts_with("the following required arguments were not provided: <"),
        "{said}"
    );
}
