//! From `toolcrib launch` to the product's own first output, beside the product started directly; and how much of it the
//! licence takes, as the client writes it into its log.
#![allow(clippy::print_stdout, reason = "a measurement's result goes to stdout")]

use super::{Measured, Spread};
use crate::build::{self, Profile};
use crate::say;
use crate::shell::{self, Result, command};
use crate::stage::{Service, Vendor};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The most that the licence may take of a start: 99 of 100 of them.
const PROMISE: Duration = Duration::from_millis(50);
/// Starts of each kind that are measured.
const STARTS: usize = 100;
/// Starts before them, which bring the programs into memory.
const WARM_UP: usize = 3;
const PRODUCT: &str = "sample-studio";

/// Starts an installed product with a lease that holds, again and again.
pub(super) fn measure(built: bool, profile: Profile) -> Result<Measured> {
    if !built {
        say::step("build the programs", || build::programs(build::PROGRAMS, profile))?;
    }
    let held = tempfile::tempdir()?;
    let folder = Utf8PathBuf::try_from(held.path().to_owned())?;
    let vendor = Vendor::new(&folder.join("vendor"), profile);
    say::step("publish the sample products", || vendor.publish_samples())?;
    let service = Service::start(&folder, vendor.catalogue(), "127.0.0.1:0", profile)?;
    let desk = Desk::new(&folder, &service, profile)?;
    report(&desk.starts()?)
}

/// What was measured.
struct Starts {
    through_client: Vec<Duration>,
    directly: Vec<Duration>,
    licence: Vec<Duration>,
}

/// A computer on which somebody has signed in and installed the product.
struct Desk {
    home: Utf8PathBuf,
    server: String,
    client: Utf8PathBuf,
    product: Utf8PathBuf,
}

impl Desk {
    fn new(folder: &Utf8Path, service: &Service, profile: Profile) -> Result<Self> {
        let place = folder.join("place");
        let desk = Self {
            home: folder.join("home"),
            server: service.url().to_owned(),
            client: build::program("toolcrib", profile),
            product: place.clone(),
        };
        desk.sign_in(service)?;
        shell::output(desk.toolcrib(&["install", PRODUCT, "--accept-terms", "--dir", place.as_str()]))?;
        let product = program_below(&place)?;
        Ok(Self { product, ..desk })
    }

    fn toolcrib(&self, words: &[&str]) -> Command {
        let mut toolcrib = command(self.client.as_str(), words);
        toolcrib
            .env("TOOLCRIB_HOME", &self.home)
            .env("TOOLCRIB_SERVER", &self.server);
        toolcrib
    }

    fn sign_in(&self, service: &Service) -> Result<()> {
        service.person()?.sign_in(self.toolcrib(&["--quiet"]))
    }

    /// One of each by turns, so that both see the same machine.
    fn starts(&self) -> Result<Starts> {
        for _ in 0..WARM_UP {
            self.through_client()?;
            self.directly()?;
        }
        let noted = self.noted()?.len();
        let mut starts = Starts {
            through_client: Vec::new(),
            directly: Vec::new(),
            licence: Vec::new(),
        };
        for _ in 0..STARTS {
            starts.through_client.push(self.through_client()?);
            starts.directly.push(self.directly()?);
        }
        // Each start is judged twice: before it, with whatever is asked, and once more by the one that starts it.
        let judged = self.noted()?.split_off(noted);
        if judged.len() != 2 * STARTS {
            return Err(format!("{} judgements of {STARTS} starts are in the log", judged.len()).into());
        }
        starts.licence = judged.chunks_exact(2).map(|both| both.iter().sum()).collect();
        Ok(starts)
    }

    fn through_client(&self) -> Result<Duration> {
        first_output(self.toolcrib(&["--no-progress", "launch", PRODUCT]))
    }

    fn directly(&self) -> Result<Duration> {
        let mut product = command(self.product.as_str(), &["open"]);
        product.env("TOOLCRIB_HOME", &self.home);
        first_output(product)
    }

    /// What each judgement took, in the order of the log.
    fn noted(&self) -> Result<Vec<Duration>> {
        let log = fs_err::read_to_string(self.home.join("logs/toolcrib.log"))?;
        let judged = log.lines().filter(|line| line.contains("the licence was judged"));
        judged.map(noted_duration).collect()
    }
}

/// The `duration_us` of a line of the log.
fn noted_duration(line: &str) -> Result<Duration> {
    let after = line.split("duration_us=").nth(1);
    let figure = after.and_then(|after| after.split_whitespace().next());
    let figure = figure.ok_or_else(|| format!("the log does not say how long it took: {line}"))?;
    Ok(Duration::from_micros(figure.parse()?))
}

/// How long a program takes until it has said something; it is then let go on to its end.
fn first_output(mut command: Command) -> Result<Duration> {
    let begun = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut stdout = child.stdout.take().ok_or("the program has no output")?;
    stdout.read_exact(&mut [0])?;
    let took = begun.elapsed();
    std::io::copy(&mut stdout, &mut std::io::sink())?;
    match child.wait()?.success() {
        true => Ok(took),
        false => Err(format!("{command:?} failed").into()),
    }
}

fn program_below(place: &Utf8Path) -> Result<Utf8PathBuf> {
    let name = format!("{PRODUCT}{}", std::env::consts::EXE_SUFFIX);
    let mut files = walkdir::WalkDir::new(place)
        .into_iter()
        .filter_map(std::result::Result::ok);
    let found = files.find(|entry| entry.file_type().is_file() && entry.file_name() == name.as_str());
    let found = found.ok_or("the product's program is not installed")?;
    Ok(Utf8PathBuf::try_from(found.into_path())?)
}

fn report(starts: &Starts) -> Result<Measured> {
    let [client, direct, licence] =
        [&starts.through_client, &starts.directly, &starts.licence].map(|times| Spread::of(times.clone()));
    let (client, direct, licence) = (client?, direct?, licence?);
    println!("From the start to the product's first output, {STARTS} times each by turns, in µs");
    for (name, spread) in [
        ("`toolcrib launch`", client),
        ("the product by itself", direct),
        ("of the first: the licence", licence),
    ] {
        let Spread {
            median_us,
            p99_us,
            most_us,
            ..
        } = spread;
        println!(
            "  {name:<26} median {median_us:>7}   99 of 100 within {p99_us:>7}   the longest {most_us:>7}"
        );
    }
    println!("  promised: the licence takes {} µs at most", PROMISE.as_micros());
    Ok(Measured {
        figures: json!({ "launch": client, "directly": direct, "licence": licence, "promised_us": PROMISE.as_micros() }),
        kept: licence.p99_us <= PROMISE.as_micros(),
    })
}
