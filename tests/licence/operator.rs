//! What an operator changes, and how people meet it at their next start: keys that leaked, another privacy statement.

use super::{CONTACTS, DONE, asks_nothing, installed, launch, launch_offline, says};
use toolcrib_testkit::sandbox::Sandbox;

#[test]
fn a_licence_key_that_leaked_is_replaced_and_nobody_who_is_online_notices() {
    let mut sandbox = installed();
    launch(&sandbox, &["yes", "yes"]).ends_with(DONE);
    let leaked = signing_key(&sandbox);
    sandbox.operator(&["keys", "rotate"]).ends_with(DONE);
    sandbox.operator(&["keys", "retire", &leaked]).ends_with(DONE);
    // Without a contact nothing is known of it, and the lease holds.
    asks_nothing(&launch_offline(&sandbox).ends_with(DONE));
    sandbox.go_to_day(2);
    let record = || fs_err::read_to_string(sandbox.home().join("leases/shelf.json")).expect("the record");
    let is_learnt = |_| {
        asks_nothing(&launch(&sandbox, &[]).ends_with(DONE));
        record().contains(&leaked) && record().contains("retired_at")
    };
    assert!((0..CONTACTS).any(is_learnt), "{}", record());
    // From here on the new key's lease is on the shelf, and the old key is not believed any more.
    asks_nothing(&launch_offline(&sandbox).ends_with(DONE));
}

#[test]
fn a_privacy_statement_of_the_operators_own_is_asked_for_once_after_the_next_contact() {
    let mut sandbox = installed();
    launch(&sandbox, &["yes", "yes"]).ends_with(DONE);
    let file = sandbox.folder().join("statement.txt");
    fs_err::write(&file, "What this college keeps\n\nWho draws what, for a year.").expect("written");
    let replace = ["privacy", "replace", "--file", file.as_str()];
    says(&sandbox.operator(&replace).ends_with(DONE), "is in force");
    sandbox.go_to_day(2);
    asks_nothing(&launch(&sandbox, &[]).ends_with(DONE));
    let mut starts = (0..CONTACTS).map(|_| launch(&sandbox, &["yes"]).ends_with(DONE));
    let asked = starts.find(|start| start.stdout.contains("What this college keeps"));
    let asked = asked.expect("it is asked for after a contact");
    for words in ["What this college keeps", "Who draws what, for a year.", "1.1.0"] {
        says(&asked, words);
    }
    asks_nothing(&launch(&sandbox, &[]).ends_with(DONE));
}

#[test]
fn a_text_that_is_no_statement_is_refused_and_the_one_before_stays() {
    let sandbox = Sandbox::new();
    let before = sandbox.operator(&["privacy", "show"]).ends_with(DONE).stdout;
    let file = sandbox.folder().join("statement.txt");
    for text in ["", "a title alone", "a title\n\n", "a title\n\nwith a \u{7} bell"] {
        fs_err::write(&file, text).expect("written");
        let refused = sandbox.operator(&["privacy", "replace", "--file", file.as_str()]);
        assert_ne!(refused.status, Some(DONE), "{text:?}: {}", refused.stdout);
    }
    assert_eq!(
        sandbox.operator(&["privacy", "show"]).ends_with(DONE).stdout,
        before
    );
}

/// The key that signs leases now.
fn signing_key(sandbox: &Sandbox) -> String {
    let listed = sandbox.operator(&["keys", "list"]).ends_with(DONE).stdout;
    let line = listed.lines().find(|line| line.ends_with("signs"));
    let key = line.and_then(|line| line.split(' ').next());
    key.expect("a key signs").to_owned()
}
