//! Sign-offs: signed statements of how a check stood at one moment, for the change request.

use super::detail::valid;
use super::export::{Export, file_name};
use super::{Asked, done, html, own};
use crate::actor::Member;
use crate::app::App;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::readiness_checks as store;
use crate::store::readiness_exceptions::ExceptionRow;
use crate::store::readiness_lists::{self as lists, DigestRow};
use crate::store::{Connection, Word};
use jiff::Timestamp;
use serde_json::json;
use toolcrib_model::{CheckId, Digest, ProductId, SignOffId, Verdict};
use toolcrib_readiness::seal::{Opened, Trust, open, seal};
use toolcrib_wire::api::readiness::{MAX_MACHINES, ReadinessSignOff, ReadinessSignOffs};
use toolcrib_wire::readiness::{Counts, Exception, MachineVerdict, SignOff};
use toolcrib_wire::schema::Schema;
use uuid::Uuid;

/// How a sign-off is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignOffFormat {
    /// The signed document itself.
    Json,
    /// A page for reading.
    Html,
}

impl App {
    /// Signs how the check stands now, in the person's name.
    ///
    /// # Errors
    /// Refused where no computer has reported yet.
    pub async fn sign_off(&self, member: &Member, check: CheckId) -> Result<ReadinessSignOff, Failure> {
        let (now, id) = (self.now(), SignOffId::from(Uuid::now_v7()));
        let mut tx = self.store().write().await?;
        let asked = own(&mut tx, member, check).await?;
        if asked.row.machine_count.0 == 0 {
            return Err(Refusal::Conflict(
                "No computer has reported yet: there is nothing to sign.".to_owned(),
            )
            .into());
        }
        let document = statement(&mut tx, &asked, member, now).await?;
        let sealed = self.keys().readiness_signer(|signer| seal(&document, signer));
        let sealed = sealed.map_err(|source| Error::SealReadiness { source })?;
        let text = String::from_utf8_lossy(&sealed);
        store::sign(&mut tx, id, check, member.account(), now, &text).await?;
        let (subject, digest) = (check.to_string(), Digest::of(&sealed));
        let details = json!({ "sign_off": id, "sha256": digest });
        tx.commit(done(member, "readiness_signed_off", &subject, details, now))
            .await?;
        Ok(ReadinessSignOff {
            sign_off: id,
            signed_by: member.name().to_owned(),
            signed_at: now,
        })
    }

    /// The sign-offs of a check.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where the check is not the customer's.
    pub async fn sign_offs(&self, member: &Member, check: CheckId) -> Result<ReadinessSignOffs, Failure> {
        let mut reader = self.store().read().await?;
        own(&mut reader, member, check).await?;
        let rows = store::sign_offs(&mut reader, check).await?;
        let shown = |row: store::SignOffRow| ReadinessSignOff {
            sign_off: row.sign_off.0,
            signed_by: row.signed_by,
            signed_at: row.signed_at.0,
        };
        Ok(ReadinessSignOffs {
            sign_offs: rows.into_iter().map(shown).collect(),
        })
    }

    /// A sign-off as a file: the signed document, or a page for reading.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where the check or the sign-off is not the customer's.
    pub async fn sign_off_file(
        &self,
        member: &Member,
        check: CheckId,
        id: SignOffId,
        format: SignOffFormat,
    ) -> Result<Export, Failure> {
        let mut reader = self.store().read().await?;
        let asked = own(&mut reader, member, check).await?;
        let text = store::signed(&mut reader, check, id).await?;
        let text = text.ok_or_else(|| Refusal::NotFound("such sign-off".to_owned()))?;
        let name = format!("{}-sign-off", file_name(&asked.row.title));
        Ok(match format {
            SignOffFormat::Json => Export {
                file: format!("{name}.json"),
                media: "application/json",
                bytes: text.into_bytes(),
            },
            SignOffFormat::Html => {
                let opened = opened(&text, id)?;
                Export {
                    file: format!("{name}.html"),
                    media: "text/html; charset=utf-8",
                    bytes: html::sign_off(opened.document(), &opened.key_id().to_string()),
                }
            }
        })
    }
}

fn opened(text: &str, id: SignOffId) -> Result<Opened<SignOff>, Error> {
    open(text.as_bytes(), Trust::AnyKey).map_err(|_| Error::StoredValue {
        kind: "a sign-off",
        value: id.to_string(),
    })
}

async fn statement(
    connection: &mut Connection,
    asked: &Asked,
    member: &Member,
    now: Timestamp,
) -> Result<SignOff, Error> {
    let check = asked.id();
    let accepted = valid(connection, check, now).await?;
    let machines = machines(connection, check).await?;
    Ok(SignOff {
        schema: Schema,
        check,
        title: asked.row.title.clone(),
        organisation: member.organisation_name().to_owned(),
        bundle: asked.bundle.payload(),
        products: asked
            .bundle()
            .products
            .iter()
            .map(|product| (product.product.clone(), product.version.clone()))
            .collect(),
        signed_by: member.name().to_owned(),
        signed_at: now,
        counts: counted(&machines),
        machines,
        exceptions: accepted
            .into_iter()
            .map(exception)
            .collect::<Result<_, Error>>()?,
    })
}

/// Counts what a statement lists, so that the two can never differ.
fn counted(machines: &[MachineVerdict]) -> Counts {
    let count = |verdict| {
        machines
            .iter()
            .filter(|machine| machine.verdict == verdict)
            .count() as u64
    };
    Counts {
        pass: count(Some(Verdict::Pass)),
        warn: count(Some(Verdict::Warn)),
        fail: count(Some(Verdict::Fail)),
        silent: count(None),
    }
}

async fn machines(connection: &mut Connection, check: CheckId) -> Result<Vec<MachineVerdict>, Error> {
    let most = u32::try_from(MAX_MACHINES).unwrap_or(u32::MAX);
    let reported = lists::digests(connection, check).await?;
    let silent = lists::silent(connection, check, "", most).await?;
    let silent = silent.into_iter().map(|(machine, _)| MachineVerdict {
        machine,
        device: None,
        verdict: None,
        measured_at: None,
        report: None,
    });
    let reported: Result<Vec<MachineVerdict>, Error> = reported.into_iter().map(reported_one).collect();
    Ok(reported?.into_iter().chain(silent).collect())
}

fn reported_one(row: DigestRow) -> Result<MachineVerdict, Error> {
    let key = hex::decode(&row.device_key).map_err(|_| Error::StoredValue {
        kind: "a key",
        value: row.device_key.clone(),
    })?;
    Ok(MachineVerdict {
        machine: row.name,
        device: Some(Digest::of(&key)),
        verdict: Some(row.verdict.0),
        measured_at: Some(row.made_at.0),
        report: Some(row.sha256.0),
    })
}

fn exception(row: ExceptionRow) -> Result<Exception, Error> {
    let product = match row.product.is_empty() {
        true => None,
        false => Some(Word::<ProductId>::try_from(row.product)?.0),
    };
    Ok(Exception {
        rule: row.rule,
        product,
        machine: row.machine_name,
        accepted_by: row.accepted_by,
        reason: row.reason,
        until: Some(row.ends_at.0),
    })
}
