use super::*;
use crate::client::Options;
use crate::job::tests::task;
use crate::view::InstallOptions;
use jiff::Timestamp;
use toolcrib_machine::files::Lock;

fn version() -> Version {
    "1.1.0".parse().expect("a version")
}

#[test]
fn a_folder_is_named_after_the_product_and_nothing_in_the_name_leads_elsewhere() {
    let table = [
        ("Sample Studio", "Sample Studio 1.1.0"),
        ("../../etc", "------etc 1.1.0"),
        ("C:\\x\u{202e}|*?", "C--x---- 1.1.0"),
        ("Éditeur", "Éditeur 1.1.0"),
        ("", "1.1.0"),
    ];
    for (product, folder) in table {
        assert_eq!(folder_name(product, &version(), None), folder);
    }
    assert!(folder_name(&"x".repeat(500), &version(), None).len() < 100);
    let windows = Some(Platform::WindowsX86_64);
    assert_eq!(
        folder_name("Sample Studio", &version(), windows),
        "Sample Studio 1.1.0 windows-x86_64"
    );
}

#[test]
fn two_packages_never_share_a_folder() {
    let place = tempfile::tempdir().expect("a folder");
    let downloads = Utf8Path::from_path(place.path()).expect("Unicode");
    let (one, other) = (Digest::of(b"one"), Digest::of(b"other"));
    let first = free_folder(downloads, "A 1.0.0", &one);
    assert_eq!(first, downloads.join("A 1.0.0"));
    fs_err::create_dir(&first).expect("a folder");
    assert_eq!(
        free_folder(downloads, "A 1.0.0", &one),
        first,
        "nothing is in it yet"
    );
    fs_err::write(first.join(part_names::MANIFEST), "one").expect("written");
    assert_eq!(free_folder(downloads, "A 1.0.0", &one), first);
    let second = free_folder(downloads, "A 1.0.0", &other);
    assert_eq!(second, downloads.join("A 1.0.0 (2)"));
    fs_err::create_dir(&second).expect("a folder");
    fs_err::write(second.join("letter.txt"), "the person's own").expect("written");
    assert_eq!(
        free_folder(downloads, "A 1.0.0", &other),
        downloads.join("A 1.0.0 (3)")
    );
}

/// A client of its own, with one download and one installation.
struct Desk {
    _home: tempfile::TempDir,
    client: Client,
    download: JobId,
    install: JobId,
    _locks: [Lock; 2],
}

fn desk() -> Desk {
    let home = tempfile::tempdir().expect("a folder");
    let options = Options {
        home: Some(Utf8PathBuf::from_path_buf(home.path().to_owned()).expect("Unicode")),
        ..Options::default()
    };
    let client = Client::open(options).expect("a client");
    let make = |kind, root: &str| {
        let task = Task {
            kind,
            root: root.to_owned(),
            version: version(),
            language: "de".parse().expect("a language"),
            ..task("sample-studio")
        };
        client
            .0
            .jobs
            .create(task, Timestamp::UNIX_EPOCH)
            .expect("written")
    };
    let (download, one) = make(Kind::Download, "/downloads/Sample Studio 1.1.0");
    let (install, other) = make(Kind::Install, "/apps/sample-studio");
    Desk {
        _home: home,
        client,
        download: download.id,
        install: install.id,
        _locks: [one, other],
    }
}

fn from(job: &JobId) -> Request {
    Request::new(InstallOptions {
        from: Some(job.clone()),
        ..InstallOptions::default()
    })
}

fn with(desk: &Desk, product: &str, request: Request) -> Result<Request, Error> {
    desk.client
        .with_download(&product.parse().expect("an id"), request)
}

#[test]
fn a_download_brings_its_folder_and_its_release() {
    let desk = desk();
    let request = with(&desk, "sample-studio", from(&desk.download)).expect("a download");
    assert_eq!(
        request.sources,
        [Source::Parts("/downloads/Sample Studio 1.1.0".into())]
    );
    assert_eq!(request.options.version, Some(version()));
    assert_eq!(request.options.language, "de".parse().ok());
}

#[test]
fn another_release_can_be_asked_for_and_folders_that_were_named_come_first() {
    let desk = desk();
    let mut request = from(&desk.download);
    request.options.version = "2.0.0".parse().ok();
    request.options.language = "en".parse().ok();
    request.sources.push(Source::Tree("/elsewhere".into()));
    let request = with(&desk, "sample-studio", request).expect("a download");
    assert_eq!(request.options.version, "2.0.0".parse().ok());
    assert_eq!(request.options.language, "en".parse().ok());
    assert_eq!(request.sources[0], Source::Tree("/elsewhere".into()));
    assert_eq!(request.sources.len(), 2);
}

#[test]
fn what_is_no_download_of_the_product_is_refused() {
    let desk = desk();
    let gone = "sample-studio-99".parse().expect("an id");
    for (product, job) in [
        ("zig", &desk.download),
        ("sample-studio", &desk.install),
        ("sample-studio", &gone),
    ] {
        let refused = with(&desk, product, from(job));
        assert!(matches!(refused, Err(Error::UnknownJob { job: named }) if named == *job));
    }
    let plain = Request::new(InstallOptions::default());
    assert_eq!(with(&desk, "zig", plain.clone()).ok(), Some(plain));
}

#[test]
fn a_download_for_other_computers_is_another_one_and_is_not_installed_here() {
    let here = Platform::current();
    let there = Platform::ALL.into_iter().find(|platform| !platform.runs_on(here));
    let task = |platform| Task {
        kind: Kind::Download,
        platform,
        ..task("sample-studio")
    };
    let asked = |platform| DownloadOptions {
        platform,
        ..DownloadOptions::default()
    };
    assert!(is_release_of(&asked(Some(here)), &task(None)));
    assert!(!is_release_of(&asked(there), &task(None)));
    assert!(!is_release_of(&asked(None), &task(there)));
    assert!(is_release_of(&asked(there), &task(there)));

    let desk = desk();
    let (job, _lock) = desk
        .client
        .0
        .jobs
        .create(task(there), Timestamp::UNIX_EPOCH)
        .expect("written");
    let refused = with(&desk, "sample-studio", from(&job.id));
    assert!(matches!(refused, Err(Error::NotForThisComputer { .. })));
}
