//! A sound package of two components, for the tests to spoil.

mod hostile;
mod index_is_judged;
mod manifest_is_judged;
mod patches_are_judged;
mod vectors;

use toolcrib_model::{Digest, LicencePolicy, PatchEncoding};
use toolcrib_wire::index::{Chunk, ComponentTree, File, Index, Link};
use toolcrib_wire::manifest::{Blob, Component, Launch, Manifest, PatchSet, Shortcut, ShortcutPlace};
use toolcrib_wire::patches::{Output, Patch, PatchIndex};
use toolcrib_wire::schema::Schema;

const NAME: &str = "manifests/draft/1.0.0/linux-x86_64/en.json";

fn path(raw: &str) -> toolcrib_model::RelPath {
    raw.parse().expect("a legal path")
}

fn blob(length: u64) -> Blob {
    Blob {
        sha256: Digest::of(b"blob"),
        length,
    }
}

fn file(name: &str, at: u64, size: u64) -> File {
    let sha256 = if size == 0 {
        Digest::of(b"")
    } else {
        Digest::of(&at.to_le_bytes())
    };
    File {
        path: path(name),
        size,
        sha256,
        at,
        executable: false,
    }
}

fn chunk(part: u32, offset: u64, stored_length: u32, length: u32) -> Chunk {
    let sha256 = Digest::of(&offset.to_le_bytes());
    Chunk {
        part,
        offset,
        stored_length,
        stored_sha256: sha256,
        length,
        sha256,
    }
}

/// Two components: `core` with four files in two chunks (one file twice), `help` with one file in one chunk.
fn index() -> Index {
    let core = ComponentTree {
        id: "core".parse().expect("an id"),
        folders: vec![path("empty"), path("bin")],
        links: vec![Link {
            path: path("bin/latest"),
            target: path("bin/draft"),
        }],
        files: vec![
            file("bin/draft", 0, 60),
            file("bin/copy", 0, 60),
            file("lib/a", 60, 40),
            file("lib/none", 100, 0),
        ],
    };
    let help = ComponentTree {
        id: "help".parse().expect("an id"),
        folders: vec![],
        links: vec![],
        files: vec![file("doc/help.txt", 100, 30)],
    };
    Index {
        schema: Schema,
        cutter: "fastcdc-2020/512K/2M/4M".to_owned(),
        components: vec![core, help],
        chunks: vec![chunk(0, 40, 30, 50), chunk(0, 80, 20, 50), chunk(1, 0, 10, 30)],
    }
}

fn component(id: &str, installed_bytes: u64, stored_bytes: u64, file_count: u64) -> Component {
    let kind = toolcrib_model::ComponentKind::Required;
    let id = id.parse().expect("an id");
    Component {
        id,
        name: "Core".to_owned(),
        summary: String::new(),
        kind,
        shared: false,
        languages: vec![],
        tool: false,
        installed_bytes,
        stored_bytes,
        file_count,
    }
}

fn patch_set() -> PatchSet {
    PatchSet {
        from: "0.9.0".parse().expect("a version"),
        from_index: Digest::of(b"an older index"),
        index: blob(10),
        parts: vec![blob(30), blob(10)],
    }
}

/// Two patches: one makes two files from two, one makes a file from nothing.
fn patch_index() -> PatchIndex {
    let output = |at: u64, length| Output {
        sha256: Digest::of(&at.to_le_bytes()),
        length,
    };
    let patch = |part, offset, stored_length| Patch {
        encoding: PatchEncoding::ZstdPrefix,
        inputs: vec![],
        input_length: 0,
        outputs: vec![],
        length: 0,
        part,
        offset,
        stored_length,
        stored_sha256: Digest::of(b"patch"),
    };
    let two = Patch {
        encoding: PatchEncoding::Bsdiff,
        inputs: vec![Digest::of(b"old"), Digest::of(b"other")],
        input_length: 90,
        outputs: vec![output(0, 60), output(60, 40)],
        length: 100,
        ..patch(0, 5, 25)
    };
    let one = Patch {
        outputs: vec![output(100, 30)],
        length: 30,
        ..patch(1, 0, 10)
    };
    PatchIndex {
        schema: Schema,
        patches: vec![two, one],
    }
}

fn manifest() -> Manifest {
    let shortcut = Shortcut {
        name: "Draft".to_owned(),
        icon: Some(path("lib/a")),
        place: ShortcutPlace::Menu,
    };
    Manifest {
        schema: Schema,
        product: "draft".parse().expect("an id"),
        name: "Draft".to_owned(),
        publisher: "Sample Vendor".to_owned(),
        summary: "Draws.".to_owned(),
        version: "1.0.0".parse().expect("a version"),
        platform: toolcrib_model::Platform::LinuxX86_64,
        language: "en".parse().expect("a language"),
        components: vec![component("core", 160, 50, 4), component("help", 30, 10, 1)],
        index: blob(10),
        parts: vec![blob(100), blob(10)],
        sbom: None,
        installed_bytes: 190,
        requirements: vec![],
        launch: Some(Launch {
            program: path("bin/draft"),
            arguments: vec![],
            terminal: true,
        }),
        shortcuts: vec![shortcut],
        licence: LicencePolicy::default(),
        texts: vec![],
        read_me: Some(path("doc/help.txt")),
        needs: vec!["shared-runtime".parse().expect("an id")],
        restart_needed: false,
        patches: vec![patch_set()],
        hooks: vec![],
        settings: vec![],
    }
}
