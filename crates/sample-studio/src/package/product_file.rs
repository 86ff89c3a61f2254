//! How the vendor describes Sample Studio: the product file that goes to `toolcrib-publish add`.

/// The program's file name in `bin`.
pub(super) const PROGRAM: &str = if cfg!(windows) {
    "sample-studio.exe"
} else {
    "sample-studio"
};

const TEXT: &str = r#"# Sample Studio, a product of the sample vendor.
name = "Sample Studio"
publisher = "Sample Vendor"
summary = "Draws plans from templates, and shows what a licensed product does."
read_me = "README.txt"

[launch]
program = "bin/PROGRAM"
terminal = true

[licence]
verification = "sign_in"
grace_days = 7

[[text]]
id = "eula"
title = "Sample Studio licence agreement"
version = "1"
body_file = "EULA.txt"

[[shortcut]]
name = "Sample Studio"
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

[[requirement]]
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

/// The product file.
pub(super) fn text() -> String {
    TEXT.replace("PROGRAM", PROGRAM)
}
