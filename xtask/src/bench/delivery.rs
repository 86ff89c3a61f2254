//! The whole job on a real program of many small files: against pipelines of tools, and under crashes.

use super::measure::{Cost, cost};
use super::origin::Origin;
use super::table::{self, Row};
use super::volume::Volume;
use crate::build::{self, Profile};
use crate::shell::{self, Result, command};
use crate::stage::{Service, Vendor};
use crate::{corpus, say, setup};
use camino::{Utf8Path, Utf8PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const PRODUCT: &str = "zig";

/// How many times the install is killed, and so how many moments it is killed at.
const KILLS: u32 = 10;

/// A run of one candidate into a new folder.
type Candidate<'a> = (&'a str, Box<dyn Fn(&Utf8Path) -> Command + 'a>);

/// Everything that the comparison needs, made once.
struct Scene {
    work: Utf8PathBuf,
    service: Service,
    origin: Origin,
    zip_digest: String,
    tree_bytes: u64,
}

pub(super) fn compare(rounds: usize) -> Result<serde_json::Value> {
    let scene = say::step("preparing: programs, package, peers' zip", Scene::prepare)?;
    let rows = say::step("the whole job, every candidate in turn", || scene.measure(rounds))?;
    table::print(
        "download, verify, install: zig, loopback (ratios to the first row)",
        &rows,
        scene.tree_bytes,
    );
    let kills = say::step("ten kills, each followed by the same command", || {
        scene.kill_ten_times(&rows)
    })?;
    table::line(&format!(
        "\nkilled {KILLS} times: fetched {} of {} bytes over all runs ({:+.2} %)",
        kills.fetched,
        kills.package,
        (kills.fetched as f64 / kills.package as f64 - 1.0) * 100.0
    ));
    Ok(serde_json::json!({ "tree_bytes": scene.tree_bytes, "rows": rows, "kills": kills }))
}

/// What the killed runs fetched in all.
#[derive(serde::Serialize)]
struct Kills {
    fetched: u64,
    package: u64,
}

impl Scene {
    fn prepare() -> Result<Self> {
        setup::system_packages(setup::PEERS)?;
        build::programs(build::PROGRAMS, Profile::Release)?;
        let work = build::target_folder().join("bench");
        fs_err::create_dir_all(&work)?;
        let vendor = Vendor::new(&work, Profile::Release);
        let wheels = corpus::fetch_all()?;
        let (wheel, file) = wheels
            .iter()
            .find(|(wheel, _)| wheel.product == PRODUCT)
            .ok_or("the corpus is not there")?;
        vendor.ready()?;
        vendor.wheel(wheel, file)?;
        let (zip_digest, tree_bytes) = peers_zip(&work, file, wheel.prefix)?;
        let service = Service::start(&work, vendor.catalogue(), "127.0.0.1:0", Profile::Release)?;
        let origin = Origin::serve(&work, &work)?;
        Ok(Self {
            work,
            service,
            origin,
            zip_digest,
            tree_bytes,
        })
    }

    fn measure(&self, rounds: usize) -> Result<Vec<Row>> {
        let candidates = self.candidates();
        let mut rows: Vec<Row> = candidates
            .iter()
            .map(|(name, _)| Row {
                name: (*name).to_owned(),
                rounds: Vec::new(),
            })
            .collect();
        let volume = Volume::fresh(&self.work, 4 + rounds as u64 * 3)?;
        for round in 0..=rounds {
            for turn in 0..candidates.len() {
                let at = (round + turn) % candidates.len();
                let folder = volume.folder().join(format!("{round}-{at}"));
                fs_err::create_dir_all(&folder)?;
                let cost = self.one_run(&candidates[at], &folder)?;
                // The first round warms the caches and is not counted.
                if round > 0 {
                    rows[at].rounds.push(cost);
                }
            }
        }
        Ok(rows)
    }

    fn one_run(&self, (name, candidate): &Candidate<'_>, folder: &Utf8Path) -> Result<Cost> {
        self.sign_in(folder)?;
        let cost = cost(candidate(folder))?;
        match cost.status {
            Some(0) => Ok(cost),
            status => Err(format!("{name} ended with {status:?}").into()),
        }
    }

    fn candidates(&self) -> Vec<Candidate<'_>> {
        let url = self.origin.url("peer.zip");
        let check = format!("echo '{}  peer.zip' | sha256sum --quiet -c", self.zip_digest);
        let curl = format!("curl -sS -o peer.zip {url} && {check} && unzip -q peer.zip -d tree");
        let aria = format!(
            "aria2c -q -x8 -s8 -k1M --file-allocation=none {url} && {check} && unzip -q peer.zip -d tree"
        );
        vec![
            (
                "curl → sha256sum → unzip",
                Box::new(move |folder| script(&curl, folder)),
            ),
            (
                "aria2c -x8 → sha256sum → unzip",
                Box::new(move |folder| script(&aria, folder)),
            ),
            ("toolcrib install", Box::new(|folder| self.install(folder))),
        ]
    }

    fn install(&self, folder: &Utf8Path) -> Command {
        let place = folder.join("place");
        let words = [
            "install",
            PRODUCT,
            "--accept-terms",
            "--no-progress",
            "--quiet",
            "--dir",
            place.as_str(),
        ];
        let mut install = self.toolcrib(folder, &words);
        install.stdout(Stdio::null()).stderr(Stdio::null());
        install
    }

    fn toolcrib(&self, folder: &Utf8Path, words: &[&str]) -> Command {
        let mut toolcrib = command(build::program("toolcrib", Profile::Release).as_str(), words);
        toolcrib
            .env("TOOLCRIB_HOME", folder.join("home"))
            .env("TOOLCRIB_SERVER", self.service.url());
        toolcrib
    }

    fn sign_in(&self, folder: &Utf8Path) -> Result<()> {
        let person = self.service.person()?;
        let mut sign_in = self.toolcrib(
            folder,
            &[
                "--quiet",
                "sign-in",
                "--user",
                &person.user_id,
                "--password-stdin",
            ],
        );
        let mut process = sign_in.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        if let Some(mut stdin) = process.stdin.take() {
            std::io::Write::write_all(&mut stdin, person.password.as_bytes())?;
        }
        match process.wait()?.success() {
            true => Ok(()),
            false => Err("signing in failed".into()),
        }
    }

    /// Bytes of the package's parts, as the catalogue lists them.
    fn package_bytes(&self, folder: &Utf8Path) -> Result<u64> {
        let products: serde_json::Value =
            serde_json::from_str(&shell::output(self.toolcrib(folder, &["products", "--json"]))?)?;
        let mut products = products.as_array().into_iter().flatten();
        let product = products
            .find(|one| one["product"] == PRODUCT)
            .ok_or("the product is not listed")?;
        product["releases"][0]["stored_bytes"]
            .as_u64()
            .ok_or_else(|| "the release does not tell its size".into())
    }

    /// Kills the install at ten moments spread over the time that it takes, each time in the same folder.
    fn kill_ten_times(&self, rows: &[Row]) -> Result<Kills> {
        let usual = rows.last().map_or(2.0, |row| row.median(|cost| cost.wall));
        let volume = Volume::fresh(&self.work, 4)?;
        let folder = volume.folder().join("killed");
        fs_err::create_dir_all(&folder)?;
        self.sign_in(&folder)?;
        let before = self.service.content_bytes_sent()?;
        for _ in 0..KILLS {
            let mut install = self.install(&folder).spawn()?;
            std::thread::sleep(Duration::from_secs_f64(usual * 0.25));
            install.kill()?;
            install.wait()?;
        }
        let finished = cost(self.install(&folder))?;
        if finished.status != Some(0) {
            return Err(format!("after the kills the install ended with {:?}", finished.status).into());
        }
        let sent = self.service.content_bytes_sent()? - before;
        Ok(Kills {
            fetched: sent,
            package: self.package_bytes(&folder)?,
        })
    }
}

fn script(text: &str, folder: &Utf8Path) -> Command {
    let mut shell = command("sh", &["-c", text]);
    shell.current_dir(folder).stdout(Stdio::null());
    shell
}

/// The same tree as one deflate zip, with its digest; and how many bytes the tree has.
fn peers_zip(work: &Utf8Path, wheel: &Utf8Path, prefix: &str) -> Result<(String, u64)> {
    let zip = work.join("peer.zip");
    if !zip.is_file() {
        let text = format!(
            "rm -rf wheel && unzip -q {wheel} -d wheel && cd wheel/{prefix} && zip -q -r -6 {zip} . && cd ../.. && rm -rf wheel"
        );
        shell::run(script(&text, work))?;
    }
    let digest = shell::output(command("sha256sum", &[zip.as_str()]))?;
    let total = shell::output(command("unzip", &["-Zt", zip.as_str()]))?;
    let bytes = total
        .split(',')
        .nth(1)
        .and_then(|text| text.split_whitespace().next())
        .and_then(|text| text.parse().ok());
    Ok((
        digest[..64].to_owned(),
        bytes.ok_or("unzip does not tell the size of the tree")?,
    ))
}
