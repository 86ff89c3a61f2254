use super::*;
use crate::client::Options;
use crate::code::Code;
use camino::Utf8PathBuf;

const LINK: &str = "toolcrib://install/zig?server=http%3A%2F%2F127.0.0.1%3A9";

fn client(server: Option<&str>) -> (tempfile::TempDir, Client) {
    let folder = tempfile::tempdir().expect("a folder");
    let home = Utf8PathBuf::try_from(folder.path().to_owned()).expect("Unicode");
    let options = Options {
        home: Some(home),
        server: server.map(str::to_owned),
        ..Options::default()
    };
    (folder, Client::open(options).expect("opens"))
}

async fn view(client: &Client) -> InvitationView {
    client.invitation().await.expect("can be used").expect("waits")
}

#[test]
fn who_is_here_and_whom_the_token_is_for_decide_the_question() {
    use InvitationStep::{Password, Ready, Replace, SignIn};
    let (ann, bob) = (Some("ann"), Some("bob"));
    let table = [
        (ann, true, ann, Ready),
        (ann, true, None, Ready),
        (ann, true, bob, Replace),
        (None, true, bob, Replace),
        (None, true, None, Replace),
        (None, false, bob, SignIn),
        (None, false, None, Password),
    ];
    for (there, anybody, person, expected) in table {
        assert_eq!(
            next_step(there, anybody, person),
            expected,
            "{there:?} {anybody} {person:?}"
        );
    }
}

#[tokio::test]
async fn a_server_that_is_not_known_is_asked_about_before_it_is_asked() {
    // Nothing answers at this address: asking it would fail.
    let token = format!("&hand-over=tch_{}", "A".repeat(43));
    for known in [None, Some("https://crib.example")] {
        let (_folder, client) = client(known);
        client.receive_link(&format!("{LINK}{token}")).expect("a link");
        let view = view(&client).await;
        assert_eq!(view.step, InvitationStep::MeetServer);
        assert_eq!(view.server, "http://127.0.0.1:9");
        assert_eq!(
            view.other_server.as_deref(),
            known.map(|_| "https://crib.example")
        );
        let refused = client
            .accept_invitation(view.number, view.step)
            .await
            .expect_err("asked");
        assert_eq!(refused.code(), Code::Offline);
    }
}

#[tokio::test]
async fn a_yes_to_another_question_does_nothing() {
    let (_folder, client) = client(None);
    client.receive_link(LINK).expect("a link");
    let first = view(&client).await;
    client.receive_link(LINK).expect("a link");
    let now = client
        .accept_invitation(first.number, first.step)
        .await
        .expect("answered");
    assert_eq!(
        (now.number, now.step),
        (first.number + 1, InvitationStep::MeetServer)
    );
    let now = client.accept_invitation(now.number, InvitationStep::SignIn).await;
    assert_eq!(now.expect("answered").step, InvitationStep::MeetServer);
    let now = client
        .accept_invitation(first.number + 1, InvitationStep::MeetServer)
        .await;
    assert_eq!(now.expect("answered").step, InvitationStep::Password);
}

#[tokio::test]
async fn what_cannot_be_used_waits_to_be_told_and_can_be_dismissed() {
    let (folder, client) = client(None);
    let told = async |received: Result<(), UiError>, code: Code| {
        assert_eq!(received.expect_err("unusable").code, code);
        assert_eq!(client.invitation().await.expect_err("is told").code, code);
    };
    let other_act = client.receive_link("toolcrib://remove/zig");
    told(other_act, Code::Invalid).await;
    let unprotected = client.receive_link("toolcrib://install/zig?server=http%3A%2F%2Fcrib.example");
    told(unprotected, Code::NotOurServer).await;
    let missing = client.receive_file("/nowhere/x.toolcrib".into());
    told(missing, Code::Invalid).await;
    let long = folder.path().join("long.toolcrib");
    fs_err::write(&long, vec![b' '; 5_000]).expect("written");
    let long = Utf8PathBuf::try_from(long).expect("Unicode");
    assert_eq!(
        client.receive_file(&long).expect_err("too long").code,
        Code::Invalid
    );
    client.dismiss_invitation();
    assert_eq!(client.invitation().await.expect("nothing"), None);
}

#[tokio::test]
async fn a_saved_file_asks_the_same_and_signs_nobody_in() {
    let (folder, client) = client(Some("https://crib.example"));
    let file = folder.path().join("Zig 1.0.0.toolcrib");
    let text = r#"{"schema": 1, "server": "https://crib.example", "product": "zig", "version": "1.0.0"}"#;
    fs_err::write(&file, text).expect("written");
    client
        .receive_file(&Utf8PathBuf::try_from(file).expect("Unicode"))
        .expect("a file");
    let view = view(&client).await;
    assert_eq!(view.step, InvitationStep::Password);
    assert_eq!(
        view.version.map(|version| version.to_string()).as_deref(),
        Some("1.0.0")
    );
    assert_eq!(view.person, None);
}

#[test]
fn links_are_told_from_files() {
    assert!(is_link("toolcrib://install/zig") && is_link("TOOLCRIB:x"));
    assert!(!is_link("Zig 1.0.0.toolcrib") && !is_link("/toolcrib") && !is_link("C:\\toolcrib"));
}
