//! A document of each kind that has everything that one may have.

use serde_json::{Value, json};

const DIGEST: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn blob() -> Value {
    json!({ "sha256": DIGEST, "length": 7 })
}

pub(crate) fn manifest() -> Value {
    let run = json!({ "program": "bin/setup", "arguments": ["all"] });
    json!({
        "schema": 1, "product": "draft", "name": "Draft", "publisher": "Vendor", "summary": "Draws.", "version": "1.0.0",
        "platform": "linux-x86_64", "language": "en",
        "components": [{
            "id": "core", "name": "Core", "summary": "All.", "kind": "default", "shared": true, "languages": ["en", "pt"],
            "tool": true,
            "installed_bytes": 1, "stored_bytes": 2, "file_count": 3,
        }],
        "index": blob(), "parts": [blob()], "sbom": blob(), "installed_bytes": 1,
        "requirements": [{
            "id": "memory", "text": "Memory", "fix": "Add some.", "link": "https://vendor.example/memory",
            "minimum": { "fact": "memory.total_bytes", "at_least": "1 GiB" },
            "recommended": { "fact": "memory.total_bytes", "at_least": "2 GiB" },
        }],
        "launch": { "program": "bin/draft", "arguments": ["--now"], "terminal": true },
        "shortcuts": [{ "name": "Draft", "icon": "icon.png", "place": "menu" }],
        "licence": {
            "verification": "silent", "grace_days": 9, "needs_serial": true, "offline_days": 9, "read_only_after_lapse": true,
        },
        "texts": [{ "id": "eula", "title": "Terms", "version": "1", "body": "Terms." }],
        "read_me": "README.txt", "needs": ["engine"], "restart_needed": true,
        "hooks": [
            { "kind": "variable", "name": "DRAFT", "value": "x" },
            { "kind": "path", "folder": "bin" },
            { "kind": "association", "extension": "draft", "media_type": "application/x-draft", "description": "Drawing" },
            { "kind": "scheme", "scheme": "draft" },
            { "kind": "font", "file": "font.ttf" },
            { "kind": "service", "name": "indexer", "program": "bin/draft", "arguments": ["--watch"] },
            { "kind": "script", "run": run, "undo": "nothing" },
            { "kind": "script", "run": run, "undo": { "run": run } },
        ],
        "settings": [{ "name": "Settings", "base": "config", "folder": "draft" }],
        "patches": [{ "from": "0.9.0", "from_index": DIGEST, "index": blob(), "parts": [blob()] }],
    })
}

pub(crate) fn index() -> Value {
    json!({
        "schema": 1, "cutter": "none",
        "components": [{
            "id": "core", "folders": ["empty"], "links": [{ "path": "bin/latest", "target": "bin/draft" }],
            "files": [{ "path": "bin/draft", "size": 3, "sha256": DIGEST, "at": 0, "executable": true }],
        }],
        "chunks": [{
            "part": 0, "offset": 1, "stored_length": 2, "stored_sha256": DIGEST, "length": 3, "sha256": DIGEST,
        }],
    })
}

fn shortcut() -> Value {
    json!({
        "folder": "/menu", "id": "draft", "name": "Draft", "program": "/apps/draft/bin/draft", "arguments": ["x"],
        "icon": "/apps/draft/icon.png", "terminal": true,
    })
}

pub(crate) fn receipt() -> Value {
    let run = json!({ "program": "bin/setup", "arguments": ["all"] });
    json!({
        "schema": 4, "product": "draft", "name": "Draft", "version": "1.0.0", "platform": "any", "language": "en",
        "manifest": blob(), "index": blob(), "root": "/apps/draft", "tree": "releases/1.0.0", "components": ["core"],
        "shared": [{ "component": "core", "files": DIGEST }], "installed_bytes": 1, "file_count": 2,
        "outside": [
            { "kind": "shortcut", "path": "/menu/draft", "shortcut": shortcut() },
            { "kind": "folder", "path": "/home/fonts" },
            { "kind": "text", "path": "/home/x.conf", "text": "x" },
            { "kind": "copy", "path": "/home/fonts/x.ttf", "from": "/apps/draft/x.ttf" },
            { "kind": "link", "path": "/home/x", "text": "../x" },
            { "kind": "association", "list": "/home/list", "media_type": "text/x", "entry": "draft.desktop" },
            { "kind": "registry_key", "key": r"HKEY_CURRENT_USER\Software\Classes\draft" },
            {
                "kind": "registry_value", "key": r"HKEY_CURRENT_USER\Environment", "name": "DRAFT",
                "content": { "kind": "text", "text": "x" }, "before": { "kind": "other", "number": 4, "bytes": [1, 0, 0, 0] },
            },
            {
                "kind": "registry_value", "key": r"HKEY_CURRENT_USER\Environment", "name": "SKETCH",
                "content": { "kind": "template", "text": "%A%" },
            },
            { "kind": "registry_entry", "key": r"HKEY_CURRENT_USER\Environment", "name": "Path", "id": "draft-bin", "entry": r"C:\x" },
            { "kind": "ran", "tree": "/apps/draft/releases/1.0.0", "run": run, "undo": run },
        ],
        "skipped": [{ "hook": "the font", "reason": "no place" }],
        "settings": [{ "name": "Settings", "path": "/home/draft" }],
        "installed_at": "2026-11-22T12:00:00Z", "restart_pending": true,
        "restart_boot": "5f0c-1",
    })
}

pub(crate) fn journal() -> Value {
    let current = json!({
        "schema": 1, "product": "draft", "version": "1.0.0", "tree": "releases/1.0.0", "index": DIGEST,
        "previous": "releases/0.9.0",
    });
    let record = json!({ "schema": 1, "receipt": receipt(), "pinned": true, "made": ["cache/"] });
    let made = json!({ "kind": "folder", "path": "/home/fonts" });
    json!({
        "schema": 6, "act": "move",
        "steps": [
            { "step": "share_files", "from": "/apps/other/releases/1.0.0", "to": "releases/1.0.0", "files": ["a"] },
            { "step": "promote_tree", "from": "staging/1.0.0", "to": "releases/1.0.0" },
            { "step": "make_shortcut", "path": "/menu/draft", "shortcut": shortcut(), "before": shortcut() },
            { "step": "make_outside", "made": made, "before": made },
            { "step": "write_receipt", "path": "/home/draft.json", "receipt": receipt(), "before": receipt() },
            { "step": "record_release", "tree": "releases/1.0.0", "record": record, "before": record },
            { "step": "point_current", "to": current, "before": current },
        ],
        "afterwards": [
            { "tidy": "remove_current" },
            { "tidy": "remove_shortcut", "path": "/menu/draft" },
            { "tidy": "remove_outside", "made": made },
            { "tidy": "remove_settings", "path": "/home/draft" },
            { "tidy": "set_aside", "tree": "releases/0.8.0", "to": "your-files/0.8.0" },
            { "tidy": "remove_tree", "path": "releases/0.8.0" },
            { "tidy": "place_folder", "path": "releases/1.0.0/lib" },
            { "tidy": "place_file", "from": "staging/a", "to": "releases/1.0.0/a" },
            { "tidy": "protect_files", "tree": "releases/1.0.0", "files": ["a"] },
            {
                "tidy": "share_mended", "from": "releases/1.0.0", "root": "/apps/sketch", "to": "releases/2.0.0",
                "files": ["a"]
            },
            { "tidy": "remove_receipt", "path": "/home/draft.json" },
            { "tidy": "remove_root" },
        ],
        "relocation": { "from": "/apps/draft", "to": "/disk/draft", "receipt": "/home/draft.json" },
    })
}
