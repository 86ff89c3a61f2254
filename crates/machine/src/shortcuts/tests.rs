use super::*;

fn spec() -> ShortcutSpec {
    ShortcutSpec {
        id: "sample-studio".to_owned(),
        name: "Sample Studio".to_owned(),
        program: "/opt/My Apps/studio".into(),
        arguments: vec![r#"100% "a\b" $HOME"#.to_owned()],
        icon: Some("/opt/My Apps/icon.png".into()),
        terminal: true,
    }
}

#[test]
fn a_shortcut_with_a_strange_id_or_text_is_refused() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = Utf8Path::from_path(place.path()).expect("Unicode");
    let with = |change: fn(&mut ShortcutSpec)| {
        let mut spec = spec();
        change(&mut spec);
        create(&spec, folder)
    };
    assert!(with(|spec| spec.id = "../x".to_owned()).is_err());
    assert!(with(|spec| spec.id = String::new()).is_err());
    assert!(with(|spec| spec.name = "a\nExec=b".to_owned()).is_err());
    assert!(with(|spec| spec.program = "studio".into()).is_err());
    assert_eq!(folder.read_dir_utf8().expect("listed").count(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_menu_entry_is_written_by_the_rules_and_removed() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tempfile::tempdir().expect("a folder");
    let folder = Utf8Path::from_path(place.path())
        .expect("Unicode")
        .join("new/applications");
    let path = create(&spec(), &folder).expect("created");
    assert_eq!(create(&spec(), &folder).expect("created again"), path);
    let text = std::fs::read_to_string(&path).expect("read");
    let expected = concat!(
        "[Desktop Entry]\nVersion=1.5\nType=Application\nName=Sample Studio\n",
        r#"Exec="/opt/My Apps/studio" "100%% \\"a\\\\b\\" \\$HOME""#,
        "\nTerminal=true\nIcon=/opt/My Apps/icon.png\n",
    );
    assert_eq!(text, expected);
    assert_eq!(
        path.metadata().expect("there").permissions().mode() & 0o111,
        0o111
    );
    remove(&path).expect("removed");
    remove(&path).expect("removed again");
    assert!(!path.exists());
}
