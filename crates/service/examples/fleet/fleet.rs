//! A check, and the simulated computers that report to it.

use super::Result;
use super::http::Session;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::io::{Cursor, Write as _};
use std::ops::Range;
use toolcrib_model::Verdict;
use toolcrib_readiness::seal::{Opened, Trust, open};
use toolcrib_service::demo::computers::{Computer, facts};
use toolcrib_service::demo::fleet::rules;
use toolcrib_wire::readiness::{Bundle, MachineReport};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// How many computers send at once.
const AT_ONCE: usize = 16;
/// How many reports one archive holds.
const ARCHIVE: u64 = 2_000;

pub(crate) struct Fleet {
    session: Session,
    path: String,
    bundle: Opened<Bundle>,
}

impl Fleet {
    /// A check of everything that the customer has, with four rules of its own.
    pub(crate) async fn new(session: Session) -> Result<Self> {
        let products: Value = serde_json::from_slice(&session.get("/v1/products").await?)?;
        let products = products["items"].as_array().cloned().unwrap_or_default();
        let products: Vec<Value> = products
            .iter()
            .map(|item| json!({ "product": item["product"] }))
            .collect();
        let asked = json!({
            "title": "Measured fleet", "products": products, "rules": rules(),
            "expires_at": Timestamp::now() + SignedDuration::from_hours(24),
            "expected": (0..250).map(name).collect::<Vec<_>>(),
        });
        let made = session.post("/v1/readiness/checks", &asked).await?;
        let path = format!(
            "/v1/readiness/checks/{}",
            made["check"].as_str().ok_or("there is no check")?
        );
        let bundle = session.get(&format!("{path}/bundle")).await?;
        Ok(Self {
            bundle: open(&bundle, Trust::AnyKey)?,
            session,
            path,
        })
    }

    pub(crate) async fn get(&self, rest: &str) -> Result<Vec<u8>> {
        self.session.get(&format!("{}{rest}", self.path)).await
    }

    /// How many computers the board shows.
    pub(crate) async fn shown(&self) -> Result<u64> {
        let board: Value = serde_json::from_slice(&self.get("/board").await?)?;
        board["counts"]["machines"]
            .as_u64()
            .ok_or_else(|| "the board has no counts".into())
    }

    fn report(&self, number: u64) -> MachineReport {
        Computer::new(&name(number)).report(&self.bundle, facts(number), Timestamp::now())
    }

    fn sealed(&self, number: u64) -> Result<Vec<u8>> {
        Ok(Computer::new(&name(number)).seal(&self.report(number))?)
    }

    /// Sends a broken report and one whose verdicts do not follow from its facts; what the service says of them.
    pub(crate) async fn refused(&self) -> Result<Value> {
        let mut broken = self.sealed(6)?;
        let middle = broken.len() / 2;
        broken[middle] = if broken[middle] == b'A' { b'B' } else { b'A' };
        let mut claimed = self.report(6);
        claimed.verdict = Verdict::Pass;
        for group in &mut claimed.groups {
            group.verdict = Verdict::Pass;
            group
                .rules
                .iter_mut()
                .for_each(|rule| rule.verdict = Verdict::Pass);
        }
        let tampered = Computer::new(&name(6)).seal(&claimed)?;
        Ok(json!({
            "broken": self.refusal(broken).await?,
            "tampered": self.refusal(tampered).await?,
        }))
    }

    async fn refusal(&self, report: Vec<u8>) -> Result<Value> {
        match self
            .session
            .report(&format!("{}/reports", self.path), report)
            .await?
        {
            (400, said) => Ok(said["detail"].clone()),
            (status, said) => Err(format!("a bad report was answered {status}: {said}").into()),
        }
    }

    /// Sends the reports of the first so many computers, each by itself.
    pub(crate) async fn send(&self, computers: u64) -> Result<()> {
        let path = format!("{}/reports", self.path);
        let (path, fleet) = (&path, self);
        let sending = stream::iter(0..computers).map(|number| async move {
            match fleet.session.report(path, fleet.sealed(number)?).await? {
                (200, _) => Ok(()),
                (status, said) => Err(format!("a report was answered {status}: {said}").into()),
            }
        });
        sending.buffer_unordered(AT_ONCE).try_collect().await
    }

    /// Imports the reports of the others as archives of files.
    pub(crate) async fn import(&self, numbers: Range<u64>) -> Result<()> {
        let mut next = numbers.start;
        while next < numbers.end {
            let end = numbers.end.min(next + ARCHIVE);
            let content = BASE64_STANDARD.encode(self.archive(next..end)?);
            let files = json!({ "files": [{ "name": "share.zip", "content": content }] });
            let said = self
                .session
                .post(&format!("{}/imports", self.path), &files)
                .await?;
            if said["taken_count"] != end - next {
                return Err(format!("of {} reports {} were taken", end - next, said["taken_count"]).into());
            }
            next = end;
        }
        Ok(())
    }

    fn archive(&self, numbers: Range<u64>) -> Result<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for number in numbers {
            writer.start_file(
                format!("report-{}.json", name(number)),
                SimpleFileOptions::default(),
            )?;
            writer.write_all(&self.sealed(number)?)?;
        }
        Ok(writer.finish()?.into_inner())
    }
}

fn name(number: u64) -> String {
    format!("desk-{number:05}")
}
