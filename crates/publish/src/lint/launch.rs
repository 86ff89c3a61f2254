//! What is started and shown: the program, the icons, and whether they are there whatever a person chooses.

use super::Finding;
use crate::Error;
use crate::input::{Input, InputFile};
use crate::product::{Product, assign};
use std::io::Read as _;
use toolcrib_model::{ComponentKind, Platform, RelPath};

/// How large an icon may sensibly be, in bytes.
const MAX_ICON_BYTES: u64 = 4 << 20;
/// As much of a file as tells what it is.
const START_BYTES: u64 = 64;
/// How files begin that a system shows as icons.
const ICONS: [&[u8]; 6] = [b"\x89PNG\r\n", b"<svg", b"<?xml", b"\0\0\x01\0", b"icns", b"<!--"];

pub(super) fn judge(product: &Product, input: &Input, platform: Platform) -> Result<Vec<Finding>, Error> {
    let mut findings = chosen_away(product, input);
    if let Some(launch) = &product.launch {
        findings.extend(program(input, &launch.program, platform)?);
    }
    for icon in product
        .shortcuts
        .iter()
        .filter_map(|shortcut| shortcut.icon.as_ref())
    {
        findings.extend(judge_icon(input, icon)?);
    }
    Ok(findings)
}

/// Files that the manifest names, but that a person can leave out.
fn chosen_away(product: &Product, input: &Input) -> Vec<Finding> {
    let Ok(shares) = assign(product, input.tree()) else {
        return vec![];
    };
    let icons = product
        .shortcuts
        .iter()
        .filter_map(|shortcut| shortcut.icon.as_ref());
    let program = product.launch.iter().map(|launch| &launch.program);
    let named = program.chain(icons).chain(&product.read_me);
    let optional = shares
        .iter()
        .filter(|share| share.rule.kind != ComponentKind::Required);
    let files: Vec<_> = optional
        .flat_map(|share| share.files.iter().map(|file| (&file.path, &share.rule.id)))
        .collect();
    named
        .filter_map(|path| files.iter().find(|(one, _)| *one == path))
        .map(|(path, component)| {
            Finding::warning(
                "component",
                format!("`{path}` belongs to `{component}`, which a person can leave out"),
                "move it to a required component",
            )
        })
        .collect()
}

fn program(input: &Input, path: &RelPath, platform: Platform) -> Result<Option<Finding>, Error> {
    let Some(file) = input.tree().file(path) else {
        return Ok(None);
    };
    let expected = Kind::of_platform(platform);
    let found = Kind::of_file(&start(input, file)?);
    let fits = match (expected, found) {
        (None, _) | (Some(Kind::Elf(_) | Kind::Mac), Kind::Script) => true,
        (Some(expected), found) => expected == found || (expected == Kind::Windows && is_batch(path)),
    };
    Ok((!fits).then(|| {
        Finding::warning(
            "launch",
            format!("`{path}` does not look like a program for {platform}"),
            "name the program itself, built for this platform",
        )
    }))
}

fn is_batch(path: &RelPath) -> bool {
    let name = path.file_name().to_lowercase();
    [".bat", ".cmd"].iter().any(|ending| name.ends_with(ending))
}

/// What kind of program a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// For Linux, on the processor of this number.
    Elf(u16),
    Windows,
    Mac,
    Script,
    Other,
}

impl Kind {
    const fn of_platform(platform: Platform) -> Option<Self> {
        match platform {
            Platform::LinuxX86_64 => Some(Self::Elf(62)),
            Platform::LinuxAarch64 => Some(Self::Elf(183)),
            Platform::WindowsX86_64 | Platform::WindowsAarch64 => Some(Self::Windows),
            Platform::MacosX86_64 | Platform::MacosAarch64 => Some(Self::Mac),
            Platform::Any => None,
        }
    }

    fn of_file(start: &[u8]) -> Self {
        match start {
            [0x7f, b'E', b'L', b'F', ..] => {
                let machine = start
                    .get(18..20)
                    .map_or(0, |pair| u16::from_le_bytes([pair[0], pair[1]]));
                Self::Elf(machine)
            }
            [b'M', b'Z', ..] => Self::Windows,
            [0xcf | 0xce, 0xfa, 0xed, 0xfe, ..] | [0xca, 0xfe, 0xba, 0xbe, ..] => Self::Mac,
            [b'#', b'!', ..] => Self::Script,
            _ => Self::Other,
        }
    }
}

fn judge_icon(input: &Input, path: &RelPath) -> Result<Option<Finding>, Error> {
    let Some(file) = input.tree().file(path) else {
        return Ok(None);
    };
    let start = start(input, file)?;
    let shown = ICONS.iter().any(|mark| start.starts_with(mark));
    Ok((!shown || file.size > MAX_ICON_BYTES).then(|| {
        Finding::warning(
            "icon",
            format!("`{path}` is not a picture that systems show as an icon, or is larger than 4 MiB"),
            "give a PNG of 256 × 256 or an SVG; for Windows an ICO, for macOS an ICNS",
        )
    }))
}

fn start(input: &Input, file: &InputFile) -> Result<Vec<u8>, Error> {
    let mut start = Vec::new();
    let read = input.read(file)?.take(START_BYTES).read_to_end(&mut start);
    read.map_err(|source| Error::Read {
        path: file.path.as_str().into(),
        source,
    })?;
    Ok(start)
}
