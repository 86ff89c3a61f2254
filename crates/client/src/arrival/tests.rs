use super::*;
use crate::job::{OwnFiles, OwnSettings};

fn installed_from(sources: Vec<TaskSource>) -> Arrival {
    arrival_of(&Task {
        kind: Kind::Install,
        product: "sample-studio".parse().expect("an id"),
        name: "Sample Studio".to_owned(),
        version: "1.0.0".parse().expect("a version"),
        language: "en".parse().expect("a language"),
        asked_language: None,
        platform: None,
        allow_scripts: false,
        beside: false,
        root: "/there".to_owned(),
        components: Vec::new(),
        server: String::new(),
        manifest: None,
        to: None,
        sources,
        settings: OwnSettings::Kept,
        files: OwnFiles::Kept,
    })
}

#[test]
fn what_is_fetched_or_found_among_installed_files_came_by_install_now() {
    let tree = TaskSource::Tree("/elsewhere".to_owned());
    assert_eq!(installed_from(vec![]), Arrival::default());
    assert_eq!(installed_from(vec![tree]), Arrival::default());
    assert_eq!(Arrival::default().brought_by, BroughtBy::InstallNow);
}

#[test]
fn what_lay_in_a_folder_of_parts_came_by_a_download_of_that_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = Utf8Path::from_path(folder.path()).expect("a UTF-8 path");
    let parts = || vec![TaskSource::Parts(folder.to_string())];
    let without_date = Arrival {
        brought_by: BroughtBy::Download,
        fetched_at: None,
    };
    assert_eq!(installed_from(parts()), without_date);

    let manifest = folder.join(part_names::MANIFEST);
    let day: Timestamp = "2026-01-02T03:04:05Z".parse().expect("a time");
    fs_err::write(&manifest, "{}").expect("written");
    let file = fs_err::File::options()
        .write(true)
        .open(&manifest)
        .expect("opened");
    file.file().set_modified(day.into()).expect("dated");
    assert_eq!(installed_from(parts()).fetched_at, Some(day));
}
