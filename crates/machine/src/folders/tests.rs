use super::*;

#[test]
fn a_named_home_keeps_everything_to_itself() {
    let place = tempfile::tempdir().expect("a folder");
    let root = Utf8PathBuf::from_path_buf(place.path().join("a/home")).expect("Unicode");
    let home = Home::open(Some(root.clone())).expect("opened");
    let all = [
        home.settings(),
        home.jobs(),
        home.catalogue(),
        home.leases(),
        home.receipts(),
        home.apps(),
    ];
    assert!(all.iter().all(|path| path.starts_with(&root)));
    assert!(
        home.applications_menu()
            .is_some_and(|path| path.starts_with(&root))
    );
    assert!(home.desktop().is_some_and(|path| path.starts_with(&root)));
    assert!(home.downloads().is_ok_and(|path| path.starts_with(&root)));
    assert!(home.person().is_ok_and(|path| path.starts_with(&root)));
    assert!(root.is_dir());
}

#[cfg(unix)]
#[test]
fn a_new_home_is_closed_to_others() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tempfile::tempdir().expect("a folder");
    let root = Utf8PathBuf::from_path_buf(place.path().join("home")).expect("Unicode");
    Home::open(Some(root.clone())).expect("opened");
    assert_eq!(
        root.metadata().expect("there").permissions().mode() & 0o777,
        0o700
    );
}

#[test]
fn a_relative_home_is_made_absolute() {
    assert!(absolute("x".into()).expect("absolute").is_absolute());
}

#[cfg(target_os = "linux")]
mod linux {
    use super::*;

    fn of(variables: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Option<OsString> {
        move |name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.into())
        }
    }

    #[test]
    fn the_usual_home_follows_the_xdg_base_directories() {
        let usual = |variables| usual(&of(variables)).map(Utf8PathBuf::into_string);
        assert_eq!(
            usual(&[("HOME", "/h")]).expect("a home"),
            "/h/.local/share/toolcrib"
        );
        assert_eq!(
            usual(&[("HOME", "/h"), ("XDG_DATA_HOME", "/d")]).expect("a home"),
            "/d/toolcrib"
        );
        assert_eq!(
            usual(&[("HOME", "/h"), ("XDG_DATA_HOME", "d")]).expect("a home"),
            "/h/.local/share/toolcrib"
        );
        assert!(matches!(usual(&[]), Err(Error::NoHome { variable: "HOME" })));
    }

    #[test]
    fn downloads_lie_in_the_home_where_nothing_else_is_said() {
        assert_eq!(
            system::downloads(&of(&[("HOME", "/h")])),
            Some("/h/Downloads".into())
        );
        let text = "XDG_DESKTOP_DIR=\"$HOME/D\"\nXDG_DOWNLOAD_DIR=\"$HOME/Téléchargements\"\n";
        assert_eq!(
            system::named_folder(text, "XDG_DOWNLOAD_DIR", Utf8Path::new("/h")),
            Some("/h/Téléchargements".into())
        );
    }

    #[test]
    fn the_desktop_is_named_in_the_persons_language() {
        let named = |text| system::named_folder(text, "XDG_DESKTOP_DIR", Utf8Path::new("/h"));
        assert_eq!(
            named("# x\nXDG_DESKTOP_DIR=\"$HOME/Schreibtisch\"\n"),
            Some("/h/Schreibtisch".into())
        );
        assert_eq!(named("XDG_DESKTOP_DIR=\"/far/desk\""), Some("/far/desk".into()));
        assert_eq!(named("XDG_MUSIC_DIR=\"$HOME/Music\""), None);
    }
}
