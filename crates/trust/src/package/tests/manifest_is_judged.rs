use super::super::manifest::{BadManifest, judge as judge_words, judge_pinned_manifest};
use super::*;
use crate::Error;
use toolcrib_model::{ComponentKind, Requirement};
use toolcrib_wire::hook::{Hook, ScriptCommand, ScriptUndo};
use toolcrib_wire::manifest::TextToAccept;

fn words(change: impl FnOnce(&mut Manifest)) -> Result<(), BadManifest> {
    let mut manifest = manifest();
    change(&mut manifest);
    judge_words(&manifest, NAME)
}

#[test]
fn a_sound_manifest_is_taken_under_its_own_name_only() {
    assert_eq!(words(|_| ()), Ok(()));
    let other = words(|manifest| manifest.version = "2.0.0".parse().expect("a version"));
    assert!(matches!(other, Err(BadManifest::OtherPackage { .. })));
}

#[test]
fn texts_that_hide_something_are_refused() {
    for text in ["", " ", "a\u{202e}b", "a\nb", "a\u{0}", &"x".repeat(200)] {
        let judged = words(|manifest| manifest.name = text.to_owned());
        assert_eq!(judged, Err(BadManifest::Text { what: "name" }), "{text:?}");
    }
}

#[test]
fn a_product_needs_others_once_each_and_never_itself() {
    let needing = |product: &str| words(|manifest| manifest.needs.push(product.parse().expect("an id")));
    assert_eq!(needing("fonts"), Ok(()));
    for product in ["shared-runtime", "draft"] {
        assert!(
            matches!(needing(product), Err(BadManifest::Twice { .. })),
            "{product}"
        );
    }
}

#[test]
fn a_tool_is_only_what_a_person_chooses() {
    let with = |kind: ComponentKind| {
        words(|manifest| {
            manifest.components[1].kind = kind;
            manifest.components[1].tool = true;
        })
    };
    assert_eq!(with(ComponentKind::Optional), Ok(()));
    for kind in [ComponentKind::Required, ComponentKind::Default] {
        assert!(
            matches!(with(kind), Err(BadManifest::UnchosenTool { .. })),
            "{kind:?}"
        );
    }
}

#[test]
fn what_is_for_some_languages_only_is_not_what_everybody_gets() {
    let with = |kind: ComponentKind, tags: &[&str]| {
        words(|manifest| {
            let languages = tags.iter().map(|tag| tag.parse().expect("a language"));
            manifest.components[1].kind = kind;
            manifest.components[1].languages = languages.collect();
        })
    };
    assert_eq!(with(ComponentKind::Default, &["pt", "pt-BR"]), Ok(()));
    assert_eq!(with(ComponentKind::Optional, &["pt"]), Ok(()));
    let required = with(ComponentKind::Required, &["pt"]);
    assert!(matches!(required, Err(BadManifest::RequiredLanguages { .. })));
    let twice = with(ComponentKind::Default, &["pt", "pt"]);
    assert!(matches!(twice, Err(BadManifest::Twice { .. })));
    let many = vec!["pt"; 51];
    assert!(matches!(
        with(ComponentKind::Default, &many),
        Err(BadManifest::Count { .. })
    ));
}

#[test]
fn a_script_says_what_is_run_and_how_it_is_undone() {
    let script = |argument: &str| {
        let run = ScriptCommand {
            program: path("bin/draft"),
            arguments: vec![argument.to_owned()],
        };
        words(|manifest| {
            manifest.hooks.push(Hook::Script {
                run: run.clone(),
                undo: ScriptUndo::Run(run),
            });
        })
    };
    assert_eq!(script("--all"), Ok(()));
    assert!(matches!(script("$(id)"), Err(BadManifest::Hook { .. })));
}

#[test]
fn a_shortcut_is_named_as_a_file_can_be() {
    for name in ["../x", "a/b", "", "a\nExec=rm", "nul"] {
        let judged = words(|manifest| manifest.shortcuts[0].name = name.to_owned());
        assert!(
            matches!(judged, Err(BadManifest::ShortcutName { .. })),
            "{name:?}"
        );
    }
}

#[test]
fn a_requirements_link_is_a_web_page() {
    for link in ["javascript:alert(1)", "http://example.com", "file:///etc/passwd"] {
        let link = Some(link.to_owned());
        let requirement = Requirement {
            id: "memory".to_owned(),
            text: "Memory".into(),
            fix: "Add memory.".into(),
            link,
            minimum: None,
            recommended: None,
        };
        let judged = words(|manifest| manifest.requirements.push(requirement));
        assert!(matches!(judged, Err(BadManifest::Link { .. })));
    }
}

#[test]
fn ids_are_unique_and_sums_add_up() {
    let twice = words(|manifest| manifest.components[1].id = manifest.components[0].id.clone());
    assert!(matches!(
        twice,
        Err(BadManifest::Twice {
            what: "components",
            ..
        })
    ));
    let text = TextToAccept {
        id: "eula".to_owned(),
        title: "Terms".to_owned(),
        version: "1".to_owned(),
        body: "You may.\n".to_owned(),
    };
    assert_eq!(words(|manifest| manifest.texts.push(text.clone())), Ok(()));
    let twice = words(|manifest| manifest.texts.extend([text.clone(), text]));
    assert!(matches!(
        twice,
        Err(BadManifest::Twice {
            what: "texts to accept",
            ..
        })
    ));
    let sum = words(|manifest| manifest.installed_bytes += 1);
    assert!(matches!(sum, Err(BadManifest::Sum { .. })));
    let overflow = words(|manifest| manifest.components[0].installed_bytes = u64::MAX);
    assert!(matches!(overflow, Err(BadManifest::Sum { .. })));
}

#[test]
fn lengths_and_grace_are_bounded() {
    assert!(matches!(
        words(|manifest| manifest.parts[0].length = 0),
        Err(BadManifest::Length { .. })
    ));
    assert!(matches!(
        words(|manifest| manifest.index.length = u64::MAX),
        Err(BadManifest::Length { .. })
    ));
    assert_eq!(
        words(|manifest| manifest.licence.grace_days = 100),
        Err(BadManifest::Grace { days: 100 })
    );
    assert_eq!(
        words(|manifest| manifest.licence.offline_days = 366),
        Err(BadManifest::Offline { days: 366 })
    );
    assert!(matches!(
        words(|manifest| manifest.components.clear()),
        Err(BadManifest::Count { .. })
    ));
}

#[test]
fn a_release_that_was_pinned_is_believed_by_its_bytes_alone() {
    let bytes = serde_json::to_vec(&manifest()).expect("JSON");
    let pin = Blob {
        sha256: Digest::of(&bytes),
        length: bytes.len() as u64,
    };
    let known = judge_pinned_manifest(NAME, pin, &bytes).expect("believed");
    assert_eq!((known.blob(), known.manifest()), (pin, &manifest()));

    let mut other = bytes.clone();
    other.push(b' ');
    let swapped = judge_pinned_manifest(NAME, pin, &other);
    assert!(matches!(swapped, Err(Error::Swapped { .. })), "{swapped:?}");
    let elsewhere = judge_pinned_manifest("manifests/draft/2.0.0/linux-x86_64/en.json", pin, &bytes);
    assert!(matches!(elsewhere, Err(Error::Manifest { .. })), "{elsewhere:?}");
}

#[test]
fn a_pin_does_not_make_a_manifest_sound() {
    let mut hostile = manifest();
    hostile.installed_bytes += 1;
    let bytes = serde_json::to_vec(&hostile).expect("JSON");
    let pin = Blob {
        sha256: Digest::of(&bytes),
        length: bytes.len() as u64,
    };
    let judged = judge_pinned_manifest(NAME, pin, &bytes);
    assert!(matches!(judged, Err(Error::Manifest { .. })), "{judged:?}");
}
