//! What is drafted for the systems that this one is not: pure, so that it is judged on every system.

use super::registry::{Registry, keep, keys};
use super::{Ground, macos, windows};
use crate::order::Starter;
use crate::outside;
use camino::Utf8Path;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use toolcrib_machine::folders::PersonFolders;
use toolcrib_wire::hook::Hook;
use toolcrib_wire::manifest::Manifest;
use toolcrib_wire::receipt::{OutsideRoot, RegistryContent};

const TREE: &str = "/apps/draft/releases/1.0.0";
const CLASSES: &str = r"HKEY_CURRENT_USER\Software\Classes";
const ENVIRONMENT: &str = r"HKEY_CURRENT_USER\Environment";

/// What a registry says, by key and name.
#[derive(Default)]
struct Said(BTreeMap<(String, String), RegistryContent>);

impl Said {
    fn with(mut self, key: &str, name: &str, text: &str) -> Self {
        let place = (key.to_owned(), name.to_owned());
        self.0.insert(place, RegistryContent::text(text));
        self
    }

    /// After all of these were made.
    fn after(made: &[OutsideRoot]) -> Self {
        let values = made.iter().filter_map(|made| match made {
            OutsideRoot::RegistryValue {
                key, name, content, ..
            } => Some(((key.clone(), name.clone()), content.clone())),
            _ => None,
        });
        Self(values.collect())
    }
}

impl Registry for Said {
    fn value(&self, key: &str, name: &str) -> Option<RegistryContent> {
        self.0.get(&(key.to_owned(), name.to_owned())).cloned()
    }

    fn has_key(&self, key: &str) -> bool {
        let inside = format!(r"{key}\");
        self.0
            .keys()
            .any(|(known, _)| known == key || known.starts_with(&inside))
    }
}

fn manifest() -> Manifest {
    let digest = "0".repeat(64);
    let blob = json!({ "sha256": digest, "length": 1 });
    let manifest = json!({
        "schema": 1, "product": "draft", "name": "Draft", "publisher": "Vendor", "summary": "Draws.", "version": "1.0.0",
        "platform": "windows-x86_64", "language": "en", "components": [], "index": blob, "parts": [], "installed_bytes": 1,
        "launch": { "program": "bin/draft.exe", "arguments": ["--now"] },
    });
    serde_json::from_value(manifest).expect("a manifest")
}

/// Somebody's folders, and the whole of the person's registry.
fn person() -> PersonFolders {
    PersonFolders {
        registry: Some("HKEY_CURRENT_USER".to_owned()),
        ..PersonFolders::below(Utf8Path::new("/person"))
    }
}

fn hook(hook: Value) -> Hook {
    serde_json::from_value(hook).expect("a hook")
}

fn windows_in(tree: &str, asked: Value, said: &Said) -> Result<Vec<OutsideRoot>, &'static str> {
    let (manifest, person) = (manifest(), person());
    let ground = Ground {
        manifest: &manifest,
        starter: None,
        tree: Utf8Path::new(tree),
        person: &person,
    };
    windows::made_in(&ground, &hook(asked), said)
}

fn on_windows(asked: Value) -> Vec<OutsideRoot> {
    windows_in(TREE, asked, &Said::default()).expect("drafted")
}

fn value(key: &str, name: &str, text: &str) -> OutsideRoot {
    OutsideRoot::RegistryValue {
        key: key.to_owned(),
        name: name.to_owned(),
        content: RegistryContent::text(text),
        before: None,
    }
}

fn key(key: &str) -> OutsideRoot {
    OutsideRoot::RegistryKey { key: key.to_owned() }
}

fn variable() -> Value {
    json!({ "kind": "variable", "name": "DRAFT_HOME", "value": "{release}/share" })
}

fn scheme() -> Value {
    json!({ "kind": "scheme", "scheme": "draft" })
}

fn search_path() -> Value {
    json!({ "kind": "path", "folder": "bin/tools" })
}

#[test]
fn windows_keeps_variables_and_the_search_path_in_the_persons_environment() {
    assert_eq!(
        on_windows(variable()),
        [value(
            ENVIRONMENT,
            "DRAFT_HOME",
            r"\apps\draft\releases\1.0.0/share"
        )]
    );
    assert_eq!(
        on_windows(search_path()),
        [OutsideRoot::RegistryEntry {
            key: ENVIRONMENT.to_owned(),
            name: "Path".to_owned(),
            id: "toolcrib-draft-path-bin-tools".to_owned(),
            entry: r"\apps\draft\releases\1.0.0\bin\tools".to_owned(),
        }]
    );
    for tree in ["/apps/a;b/1.0.0", "/apps/%A%/1.0.0"] {
        windows_in(tree, search_path(), &Said::default()).expect_err(tree);
    }
}

#[test]
fn windows_lists_a_program_among_those_that_open_a_kind_of_file() {
    let asked = json!({
        "kind": "association", "extension": "draft", "media_type": "application/x-draft", "description": "Drawing",
    });
    let kind = format!(r"{CLASSES}\Toolcrib.draft.draft");
    let program = r#""\apps\draft\releases\1.0.0\bin\draft.exe""#;
    assert_eq!(
        on_windows(asked),
        [
            value(&kind, "", "Drawing"),
            value(&format!(r"{kind}\DefaultIcon"), "", &format!("{program},0")),
            value(
                &format!(r"{kind}\shell\open\command"),
                "",
                &format!(r#"{program} "--now" "%1""#)
            ),
            value(
                &format!(r"{CLASSES}\.draft\OpenWithProgids"),
                "Toolcrib.draft.draft",
                ""
            ),
        ]
    );
}

#[test]
fn what_opens_something_is_the_starter_where_there_is_one() {
    let (manifest, person) = (manifest(), person());
    let starter = Starter {
        program: r"C:\toolcrib.exe".into(),
        arguments: vec!["launch".to_owned(), "draft".to_owned()],
    };
    let ground = Ground {
        manifest: &manifest,
        starter: Some(&starter),
        tree: Utf8Path::new(TREE),
        person: &person,
    };
    let made = windows::made_in(&ground, &hook(scheme()), &Said::default()).expect("drafted");
    let command = value(
        &format!(r"{CLASSES}\draft\shell\open\command"),
        "",
        r#""C:\toolcrib.exe" "launch" "draft" "--" "%1""#,
    );
    assert!(made.contains(&command), "{made:?}");
}

#[test]
fn windows_takes_links_that_nobody_else_opens() {
    let key = format!(r"{CLASSES}\draft");
    let made = on_windows(scheme());
    assert_eq!(
        made[..3],
        [
            value(&key, "", "URL:draft"),
            value(&key, "URL Protocol", ""),
            value(&key, "Toolcrib", "draft"),
        ]
    );
    let again = windows_in("/apps/draft/releases/1.1.0", scheme(), &Said::after(&made));
    assert_eq!(again.expect("an update").len(), made.len());
    let of_all = r"HKEY_LOCAL_MACHINE\Software\Classes\draft";
    for said in [
        Said::default().with(&key, "URL Protocol", ""),
        Said::default().with(&key, "Toolcrib", "sketch"),
        Said::default().with(of_all, "", ""),
    ] {
        let refused = windows_in(TREE, scheme(), &said).expect_err("refused");
        assert_eq!(refused, "another program opens these links already");
    }
    windows_in("/apps/100%1/1.0.0", scheme(), &Said::default()).expect_err("refused");
}

#[test]
fn windows_has_a_font_of_each_release_beside_the_others() {
    let asked = json!({ "kind": "font", "file": "fonts/draft.ttf" });
    let fonts = r"HKEY_CURRENT_USER\Software\Microsoft\Windows NT\CurrentVersion\Fonts";
    let path = "/person/data/fonts/toolcrib-draft-1.0.0-fonts-draft.ttf";
    assert_eq!(
        on_windows(asked),
        [
            OutsideRoot::Copy {
                path: path.to_owned(),
                from: format!("{TREE}/fonts/draft.ttf"),
            },
            value(
                fonts,
                "toolcrib-draft fonts-draft.ttf (TrueType)",
                &path.replace('/', r"\")
            ),
        ]
    );
}

#[test]
fn windows_starts_a_service_at_sign_in() {
    let asked =
        json!({ "kind": "service", "name": "indexer", "program": "bin/draft.exe", "arguments": ["--watch"] });
    let command = r#""\apps\draft\releases\1.0.0\bin\draft.exe" "--watch""#;
    let run = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Run";
    assert_eq!(
        on_windows(asked.clone()),
        [value(run, "toolcrib-draft-indexer", command)]
    );
    let deep = format!("/apps/{}", "x".repeat(260));
    windows_in(&deep, asked, &Said::default()).expect_err("too long");
}

#[test]
fn a_home_of_its_own_writes_nothing_into_the_registry() {
    let manifest = manifest();
    let person = PersonFolders::below(Utf8Path::new("/person"));
    let ground = Ground {
        manifest: &manifest,
        starter: None,
        tree: Utf8Path::new(TREE),
        person: &person,
    };
    let drafted = windows::made_in(&ground, &hook(variable()), &Said::default());
    assert_eq!(drafted, Err("a home of its own keeps everything to itself"));
}

#[test]
fn what_was_there_before_is_kept_through_every_release() {
    let theirs = Said::default().with(ENVIRONMENT, "DRAFT_HOME", "theirs");
    let mut first = on_windows(variable());
    keep(&mut first, &[], &theirs);
    let of = |made: &[OutsideRoot]| match &made[0] {
        OutsideRoot::RegistryValue { before, .. } => before.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(of(&first), Some(RegistryContent::text("theirs")));
    let mut second = windows_in("/apps/draft/releases/1.1.0", variable(), &theirs).expect("drafted");
    keep(&mut second, &first, &Said::after(&first));
    assert_eq!(of(&second), Some(RegistryContent::text("theirs")));
    let mut alone = on_windows(variable());
    keep(&mut alone, &[], &Said::default());
    assert_eq!(of(&alone), None);
}

#[test]
fn keys_that_are_not_there_are_things_of_their_own() {
    let said = Said::default().with(CLASSES, "", "");
    let made = on_windows(scheme());
    let first = keys(&made, &[], &said);
    let expected = [
        "draft",
        r"draft\shell",
        r"draft\shell\open",
        r"draft\shell\open\command",
    ];
    assert_eq!(first, expected.map(|below| key(&format!(r"{CLASSES}\{below}"))));
    let later = keys(&made, &first, &Said::after(&made).with(CLASSES, "", ""));
    assert_eq!(later, first, "an update knows them");
    assert_eq!(keys(&made, &[], &Said::after(&made)), [], "they are somebody's");
    assert_eq!(
        keys(&on_windows(search_path()), &[], &Said::default()),
        [key(ENVIRONMENT)],
        "what an entry needs, too"
    );
}

#[test]
fn every_thing_has_a_place_of_its_own() {
    let made = [
        on_windows(variable()),
        on_windows(search_path()),
        on_windows(scheme()),
    ]
    .concat();
    let all = [keys(&made, &[], &Said::default()), made].concat();
    let places: BTreeSet<_> = all.iter().map(OutsideRoot::place).collect();
    assert_eq!(places.len(), all.len(), "{all:?}");
}

#[test]
fn a_move_points_everything_at_the_new_place() {
    let mut made = [
        on_windows(variable()),
        on_windows(search_path()),
        on_windows(scheme()),
    ]
    .concat();
    let theirs = Said::default().with(ENVIRONMENT, "DRAFT_HOME", r"\apps\draft\mine");
    keep(&mut made, &[], &theirs);
    for made in &mut made {
        outside::carry(made, Utf8Path::new("/apps/draft"), Utf8Path::new("/disk/a b"));
    }
    let told = serde_json::to_string(&made).expect("JSON");
    let place = r"\\disk\\a b\\releases\\1.0.0";
    for expected in [
        format!("\"{place}/share\""),
        format!(r#""{place}\\bin\\tools""#),
        format!(r#"\"{place}\\bin\\draft.exe\""#),
        r#""\\apps\\draft\\mine""#.to_owned(),
    ] {
        assert!(told.contains(&expected), "{expected}: {told}");
    }
    assert_eq!(told.matches(r"\\apps\\draft").count(), 1, "but what is not ours");
}

#[test]
fn macos_has_fonts_and_agents() {
    let (manifest, person) = (manifest(), person());
    let on_macos = |asked: Value| {
        let ground = Ground {
            manifest: &manifest,
            starter: None,
            tree: Utf8Path::new("/apps/a & b/1.0.0"),
            person: &person,
        };
        macos::made(&ground, &hook(asked))
    };
    let font = on_macos(json!({ "kind": "font", "file": "fonts/draft.ttf" })).expect("drafted");
    let copy = OutsideRoot::Copy {
        path: "/person/data/fonts/toolcrib-draft-fonts-draft.ttf".to_owned(),
        from: "/apps/a & b/1.0.0/fonts/draft.ttf".to_owned(),
    };
    assert_eq!(font, [copy]);
    let service =
        json!({ "kind": "service", "name": "indexer", "program": "bin/draft", "arguments": ["--watch"] });
    let mut service = on_macos(service).expect("drafted");
    let agent = |made: &OutsideRoot| match made {
        OutsideRoot::Text { path, text } => (path.clone(), text.clone()),
        other => panic!("{other:?}"),
    };
    let (path, text) = agent(&service[0]);
    assert!(path.ends_with("/toolcrib-draft-indexer.plist"), "{path}");
    assert!(
        text.contains("<string>/apps/a &amp; b/1.0.0/bin/draft</string>\n\t\t<string>--watch</string>"),
        "{text}"
    );
    let to = Utf8Path::new("/disk/<1>");
    outside::carry(&mut service[0], Utf8Path::new("/apps/a & b"), to);
    let (_, text) = agent(&service[0]);
    assert!(
        text.contains("<string>/disk/&lt;1&gt;/1.0.0/bin/draft</string>"),
        "{text}"
    );
    for asked in [variable(), search_path(), scheme()] {
        on_macos(asked).expect_err("left out");
    }
}
