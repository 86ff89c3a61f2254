//! How the vendor describes Sample Studio: the product file that goes to `toolcrib-publish add`.

use crate::release::Edition;

/// The program's file name in `bin`.
pub(super) const PROGRAM: &str = if cfg!(windows) {
    "sample-studio.exe"
} else {
    "sample-studio"
};

const TEXT: &str = r#"# NAME, a product of the sample vendor.
name = "NAME"
publisher = "Sample Vendor"
summary = "Draws plans from templates, and shows what a licensed product does."
read_me = "README.txt"

[launch]
program = "bin/PROGRAM"
terminal = true

[licence]
verification = "sign_in"
grace_days = 7
read_only_after_lapse = true
needs_serial = SERIAL

[[text]]
id = "eula"
title = "NAME licence agreement"
version = "1"
body_file = "EULA.txt"

[[shortcut]]
name = "NAME"
icon = "share/icon.svg"
place = "menu"

[[component]]
id = "core"
name = "Studio"
summary = "The program itself."
kind = "required"
files = ["bin/**", "share/**", "release.json", "README.txt", "templates/welcome.plan"]

[[component]]
id = "templates"
name = "Templates"
summary = "Plans to begin with."
kind = "default"
files = ["templates/room-*.plan"]

[[component]]
id = "textures"
name = "Texture library"
summary = "Surfaces for finished drawings."
kind = "default"
files = ["textures/**"]

[[component]]
id = "examples"
name = "Worked examples"
summary = "Finished projects to look into."
kind = "optional"
files = ["examples/**"]

[[component]]
id = "editor-support"
name = "Plan colours for Vim"
summary = "Shows plans in colour where they are written."
kind = "optional"
tool = true
files = ["tools/**"]

[[component]]
id = "language-de"
name = "Deutsch"
summary = "Die Texte des Programms auf Deutsch."
kind = "optional"
files = ["languages/de.txt"]

[[requirement]]
id = "system"
text = "Operating system"
fix = "Choose the release for this computer's system."
minimum = { all = [{ fact = "os.family", is = "SYSTEM" }, { fact = "os.architecture", is = "ARCHITECTURE" }] }

LIBC[[requirement]]
id = "memory"
text = "Memory"
fix = "Close other programs, or add memory."
minimum = { fact = "memory.total_bytes", at_least = "256 MiB" }
recommended = { fact = "memory.total_bytes", at_least = "1 GiB" }

[[requirement]]
id = "processor"
text = "Processor threads"
fix = "Use a computer with two processor threads or more."
minimum = { fact = "cpu.threads", at_least = 1 }
recommended = { fact = "cpu.threads", at_least = 2 }

[[requirement]]
id = "display"
text = "Display"
fix = "Connect a display; without one the studio runs in the terminal only."
recommended = { fact = "display.present", is = true }
"#;

/// Programs built on a current Linux ask for this C library or a newer one; elsewhere there is nothing to ask.
const LIBC: &str = r#"[[requirement]]
id = "c-library"
text = "C library"
fix = "Use a newer release of your Linux distribution."
minimum = { all = [{ fact = "os.libc", is = "gnu" }, { fact = "os.libc_version", at_least = "2.34" }] }

"#;

/// The product file of an edition.
pub(super) fn text(edition: Edition) -> String {
    let libc = if cfg!(all(target_os = "linux", target_env = "gnu")) {
        LIBC
    } else {
        ""
    };
    let needs_serial = edition == Edition::Pro;
    TEXT.replace("NAME", edition.name())
        .replace("SERIAL", &needs_serial.to_string())
        .replace("LIBC", libc)
        .replace("PROGRAM", PROGRAM)
        .replace("SYSTEM", std::env::consts::OS)
        .replace("ARCHITECTURE", std::env::consts::ARCH)
}
