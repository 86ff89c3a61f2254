//! Where a person is signed in, and signing out from elsewhere.

use super::App;
use super::pages::PageRequest;
use crate::actor::Member;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::audit::{Actor, Entry};
use crate::store::engine::Record;
use crate::store::open_sessions::{self, OpenRow};
use crate::store::sessions;
use crate::store::timeline::{self, Happened};
use serde_json::json;
use toolcrib_model::DeviceId;
use toolcrib_wire::api::Page;
use toolcrib_wire::api::session::OpenSession;
use toolcrib_wire::api::timeline::DeviceEvent;
use uuid::Uuid;

impl App {
    /// The person's sessions that can still be used, the oldest first.
    ///
    /// # Errors
    /// Only where the store fails.
    pub async fn open_sessions(
        &self,
        member: &Member,
        asked: &PageRequest,
    ) -> Result<Page<OpenSession>, Error> {
        let mut reader = self.store().read().await?;
        let (after, limit) = (asked.after(), asked.lookahead());
        let rows = open_sessions::open_of(&mut reader, member.account(), after, self.now(), limit).await?;
        let found: Result<Vec<OpenSession>, Error> = rows.into_iter().map(|row| shown(row, member)).collect();
        Ok(asked.page(found?, |session| session.session.to_string()))
    }

    /// Ends one of the person's own sessions.
    ///
    /// # Errors
    /// Refused where it is not the person's, or has ended.
    pub async fn end_session(&self, member: &Member, session: Uuid) -> Result<(), Failure> {
        let now = self.now();
        let mut tx = self.store().write().await?;
        if !open_sessions::is_own(&mut tx, session, member.account()).await? {
            return Err(Refusal::NotFound("such session".to_owned()).into());
        }
        sessions::end(&mut tx, session, "ended from elsewhere", now).await?;
        let entry = Entry {
            at: now,
            organisation: Some(member.organisation()),
            actor: Actor::Account(member.account()),
            act: "session_ended",
            subject: &session.to_string(),
            details: json!({}),
        };
        Ok(tx.commit(Record::Entry(entry)).await?)
    }

    /// Signs whoever is signed in on a device out of it: the person, or an administrator (S-50). What is installed
    /// there goes on until the dates of its lease.
    ///
    /// # Errors
    /// Refused where the device is not one that the person may see.
    pub async fn sign_out_device(&self, member: &Member, device: DeviceId) -> Result<(), Failure> {
        self.visible_device(member, device).await?;
        let now = self.now();
        let mut tx = self.store().write().await?;
        let ended = open_sessions::end_on_device(&mut tx, device, "signed out remotely", now).await?;
        let happened = Happened::to_device(device, DeviceEvent::SignedOutRemotely, member.account(), now);
        timeline::add(&mut tx, &happened).await?;
        let entry = Entry {
            at: now,
            organisation: Some(member.organisation()),
            actor: Actor::Account(member.account()),
            act: "device_signed_out",
            subject: &device.to_string(),
            details: json!({ "sessions": ended }),
        };
        Ok(tx.commit(Record::Entry(entry)).await?)
    }
}

fn shown(row: OpenRow, member: &Member) -> Result<OpenSession, Error> {
    Ok(OpenSession {
        session: row.session.0,
        device: sessions::device(row.device.as_ref())?,
        device_name: row.device_name,
        signed_in_at: row.signed_in_at.0,
        this_session: row.session.0 == member.session(),
    })
}
