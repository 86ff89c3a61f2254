//! Requests and answers on the shelf of a computer without a network (X10, B-21).

use super::Shelf;
use crate::Error;
use crate::document::OpenRequest;
use crate::reason::Reason;
use crate::situation::Held;
use crate::standing::{Cause, Revocation};
use crate::timeline::{Entry, Event};
use jiff::Timestamp;
use toolcrib_machine::device_key::DeviceKey;
use toolcrib_machine::random;
use toolcrib_model::{Platform, ProductId};
use toolcrib_trust::lease::{SignError, TrustedLease};
use toolcrib_trust::offline::{self, Asked, MAX_TEXT_BYTES};
use toolcrib_wire::offline::{OfflineAct, OfflineRequest};
use toolcrib_wire::schema::Schema;

/// What a person wishes to ask for without a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// What.
    pub act: OfflineAct,
    /// The computer's name; what is longer than 64 bytes is cut.
    pub device_name: String,
    /// The serial number that the person typed.
    pub serial: Option<String>,
    /// Until when the product is to be taken offline.
    pub offline_until: Option<Timestamp>,
}

impl Shelf {
    /// Makes a request, to be carried to the account service as a file or a QR code. An earlier one is forgotten.
    ///
    /// To *release* gives the lease up first: it leaves the shelf and is never believed here again, then the request says so.
    ///
    /// # Errors
    /// [`Error::NothingHeld`] where there is nothing to renew or release, [`Error::MakeNonce`], [`Error::MakeRequest`],
    /// [`Error::ReadLease`], [`Error::WriteShelf`] or [`Error::ShelfBusy`].
    pub fn request_offline(
        &mut self,
        product: &ProductId,
        wish: &Wish,
        key: &DeviceKey,
        wall: Timestamp,
    ) -> Result<String, Error> {
        let held = self.believed(product, &key.public())?;
        if held.is_none() && wish.act != OfflineAct::Activate {
            return Err(Error::NothingHeld {
                product: product.clone(),
            });
        }
        let nonce = random::bytes::<16>().map_err(|source| Error::MakeNonce { source })?;
        let request = OfflineRequest {
            schema: Schema,
            act: wish.act,
            product: product.clone(),
            device_key: hex::encode(key.public()),
            device_name: cut(&wish.device_name),
            platform: Platform::current(),
            nonce: hex::encode(nonce),
            made_at: wall,
            serial: wish.serial.clone(),
            lease: held.as_ref().map(|lease| lease.claims().lease),
            offline_until: wish.offline_until,
        };
        let failed = |source: SignError| Error::MakeRequest {
            product: product.clone(),
            source,
        };
        // What cannot be said is not done: a release is signed before the lease goes, and handed out after.
        let text = offline::sign_request(&request, |bytes| key.sign(bytes)).map_err(failed)?;
        self.remember_request(&request, held.as_ref(), wall)?;
        Ok(text)
    }

    /// Takes the answer to the open request for `product`, once. The lease's date raises the floor of the trusted time
    /// and settles no clock, because it was carried here for an unknown while.
    ///
    /// # Errors
    /// [`Error::NothingAsked`], [`Error::RefusedAnswer`], [`Error::SupersededLease`] or [`Error::CopiedRecords`] when it is
    /// not taken, and then nothing has changed; [`Error::WriteShelf`] or [`Error::ShelfBusy`].
    pub fn take_answer(
        &mut self,
        product: &ProductId,
        text: &str,
        device_key: &[u8; 32],
    ) -> Result<Option<Held>, Error> {
        let asked = self.memory_of(product).and_then(|memory| memory.asked.clone());
        let asked = asked.ok_or_else(|| Error::NothingAsked {
            product: product.clone(),
        })?;
        let question = Asked {
            act: asked.act,
            product,
            nonce: &asked.nonce,
            device_key,
        };
        let refused = |source| Error::RefusedAnswer {
            product: product.clone(),
            source,
        };
        let answer = offline::read_answer(text, self.keys(), &question).map_err(refused)?;
        let keys = answer.keys();
        let Some(lease) = answer.lease() else {
            self.change(|record| {
                record.take_keys(keys);
                record.products.entry(product.clone()).or_default().asked = None;
            })?;
            return Ok(None);
        };
        self.judge_sequence(lease)?;
        self.put(lease, |record| {
            record.take_keys(keys);
            record.clock = record.clock.not_before(lease.claims().terms.issued_at);
            record.lost = false;
            record.products.entry(product.clone()).or_default().asked = None;
        })?;
        Ok(Some(Held::from(lease)))
    }

    fn remember_request(
        &mut self,
        request: &OfflineRequest,
        held: Option<&TrustedLease>,
        wall: Timestamp,
    ) -> Result<(), Error> {
        let given_up = held.filter(|_| request.act == OfflineAct::Release);
        let now = self.time(wall).floor();
        self.change(|record| {
            let product = record.products.entry(request.product.clone()).or_default();
            product.asked = Some(OpenRequest {
                act: request.act,
                nonce: request.nonce.clone(),
                made_at: request.made_at,
            });
            if let Some(lease) = given_up {
                product.give_up(lease.claims().account, lease.claims().sequence);
                product.revoked = Some(released(now));
                product.told = Some(Reason::Released);
            }
        })?;
        let event = match given_up {
            Some(_) => {
                self.remove_lease(&request.product)?;
                Event::Released
            }
            None => Event::Requested,
        };
        self.note(&Entry::of(now, &request.product, event));
        Ok(())
    }

    fn believed(
        &mut self,
        product: &ProductId,
        device_key: &[u8; 32],
    ) -> Result<Option<TrustedLease>, Error> {
        let Some(token) = self.read_token(product)? else {
            return Ok(None);
        };
        Ok(self.judge_offer(product, &token, device_key).ok())
    }
}

fn released(at: Timestamp) -> Revocation {
    Revocation {
        at,
        by: None,
        detail: "carry the request to the account service to free its place".to_owned(),
        cause: Cause::Released,
    }
}

/// A name that a request can carry: in whole characters, without those that show nothing.
fn cut(name: &str) -> String {
    let mut short = String::new();
    for character in name.chars().filter(|c| !c.is_control()) {
        if short.len() + character.len_utf8() > MAX_TEXT_BYTES {
            break;
        }
        short.push(character);
    }
    short
}
