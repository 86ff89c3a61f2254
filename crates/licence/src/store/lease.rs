//! Leases on the shelf: judged whenever they are read, because whoever owns the folder may have changed them.

use super::{Notice, Shelf};
use crate::Error;
use crate::reason::Reason;
use crate::situation::{Held, Paper};
use camino::Utf8PathBuf;
use toolcrib_machine::files;
use toolcrib_model::ProductId;
use toolcrib_trust::lease::{self, MAX_TOKEN_BYTES, Refused, TrustedLease};

impl Shelf {
    pub(super) fn lease_path(&self, product: &ProductId) -> Utf8PathBuf {
        self.folder.join(format!("{product}.lease"))
    }

    /// Judges a lease that is offered: signature and device, then product, then sequence.
    pub(super) fn judge_offer(
        &self,
        product: &ProductId,
        token: &str,
        device_key: &[u8; 32],
    ) -> Result<TrustedLease, Error> {
        let refused = |source| Error::RefusedLease {
            product: product.clone(),
            source,
        };
        let lease = lease::verify(token, self.keys(), device_key).map_err(refused)?;
        let claims = lease.claims();
        if claims.product != *product {
            return Err(Error::OtherProduct {
                wanted: product.clone(),
                offered: claims.product.clone(),
            });
        }
        self.judge_sequence(&lease)?;
        Ok(lease)
    }

    /// Refuses a lease that is older than one that was held by the same person.
    pub(super) fn judge_sequence(&self, lease: &TrustedLease) -> Result<(), Error> {
        let claims = lease.claims();
        let floor = self
            .memory_of(&claims.product)
            .map_or(0, |memory| memory.floor(claims.account));
        match claims.sequence < floor {
            true => Err(Error::SupersededLease {
                product: claims.product.clone(),
                offered: claims.sequence,
                floor,
            }),
            false => Ok(()),
        }
    }

    /// What lies on the shelf for `product`.
    pub(super) fn paper(&mut self, product: &ProductId, device_key: &[u8; 32]) -> Result<Paper, Error> {
        let Some(token) = self.read_token(product)? else {
            return Ok(Paper::Absent);
        };
        match self.judge_offer(product, &token, device_key) {
            Ok(lease) => {
                self.learn(&lease);
                Ok(Paper::Held(Box::new(Held::from(&lease))))
            }
            Err(Error::RefusedLease {
                source: Refused::Malformed,
                ..
            }) => self.set_aside(product),
            Err(Error::RefusedLease { source, .. }) => {
                Ok(refused(Reason::from(&source), &source.to_string()))
            }
            Err(Error::OtherProduct { offered, .. }) => Ok(refused(
                Reason::OtherProduct,
                &format!("it is for the product `{offered}`"),
            )),
            Err(Error::SupersededLease { .. }) => Ok(refused(
                Reason::SupersededLease,
                "an older one was put in its place",
            )),
            Err(other) => Err(other),
        }
    }

    pub(super) fn read_token(&mut self, product: &ProductId) -> Result<Option<String>, Error> {
        let failed = |source| Error::ReadLease {
            product: product.clone(),
            source,
        };
        match files::read_bounded(&self.lease_path(product), MAX_TOKEN_BYTES as u64) {
            // What is no text is no lease either; an empty text is refused as malformed and so set aside.
            Ok(bytes) => Ok(bytes.map(|bytes| String::from_utf8(bytes).unwrap_or_default())),
            Err(toolcrib_machine::Error::TooLarge { .. }) => Ok(Some(String::new())),
            Err(source) => Err(failed(source)),
        }
    }

    fn set_aside(&mut self, product: &ProductId) -> Result<Paper, Error> {
        let path = self.lease_path(product);
        let aside = files::move_aside(&path).map_err(|source| Error::WriteShelf {
            path: path.clone(),
            source,
        })?;
        self.notices.push(Notice::MovedAside { path, aside });
        Ok(refused(
            Reason::LeaseDamaged,
            "its file is damaged and was moved aside",
        ))
    }
}

fn refused(reason: Reason, why: &str) -> Paper {
    Paper::Refused {
        reason,
        why: why.to_owned(),
    }
}
