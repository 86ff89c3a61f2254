//! Declares the window's commands, so that each of them needs a permission, and sees to it that there are pages.

use std::path::Path;

/// The commands of the window: the same list as in `capabilities/main.json` and in `src/main.rs`.
const COMMANDS: &[&str] = &[
    "app",
    "sign_in",
    "sign_out",
    "invitation",
    "accept_invitation",
    "dismiss_invitation",
    "receive_invitation",
    "call_api",
    "check_product",
    "read_me",
    "plan_install",
    "install_product",
    "download_product",
    "show_download",
    "carried_by",
    "limit",
    "set_limit",
    "hurry_job",
    "peers",
    "set_peers",
    "pause_job",
    "resume_job",
    "pause_all",
    "resume_all",
    "move_job",
    "cancel_job",
    "dismiss_job",
    "updates",
    "everything",
    "update_these",
    "offers",
    "channels",
    "choose_channel",
    "hold_product",
    "release_hold",
    "roll_back",
    "pin_release",
    "examine_product",
    "repair_product",
    "places",
    "move_product",
    "removal",
    "uninstall_product",
    "launch_product",
    "restart_computer",
    "licence",
    "verify_licence",
    "take_offline",
    "return_early",
    "doctor",
    "licence_timeline",
    "request_offline",
    "import_answer",
    "gate",
    "accept_privacy",
    "confirm_identity",
    "free_device",
    "computer",
    "serial",
    "set_serial",
    "undo_serial",
    "support_bundle",
    "follow_feed",
];

const PAGES: &str = "../ui/dist";

const NO_PAGES: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Toolcrib</title>\
<h1>The pages were not built</h1><p>Run <code>npm ci &amp;&amp; npm run build</code> in <code>ui</code>, then build again.</p></html>\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    provide_pages(Path::new(PAGES))?;
    // The pages are embedded when this crate is compiled: new pages, new compilation.
    println!("cargo:rerun-if-changed={PAGES}");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}

/// Without pages nothing could be embedded; the placeholder says how to make them.
fn provide_pages(folder: &Path) -> std::io::Result<()> {
    if folder.join("index.html").exists() {
        return Ok(());
    }
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("index.html"), NO_PAGES)
}
