//! Working without a network: products that are taken offline until a date (B-24), and computers that never have one,
//! whose requests go out and answers come in as files or QR codes (X10, B-21).

use crate::client::Client;
use crate::error::Error;
use crate::view::{LicenceView, RequestView};
use camino::Utf8Path;
use jiff::Timestamp;
use toolcrib_account::{OfflineWish, Proof};
use toolcrib_licence::{Error as Refused, Wish};
use toolcrib_machine::files;
use toolcrib_model::ProductId;
use toolcrib_model::serial::SerialNumber;
use toolcrib_trust::offline::{MAX_ANSWER_BYTES, Refused as Unbelieved};
use toolcrib_wire::offline::OfflineAct;

/// White space that mail puts in may be as long again.
const LONGEST_ANSWER: u64 = 2 * MAX_ANSWER_BYTES as u64;

impl Client {
    /// Takes a product offline: it works without any contact until then, at most as long as its vendor allows (B-24).
    ///
    /// # Errors
    /// When the date is not allowed, the person has no right, or the service cannot be asked.
    pub async fn take_offline(&self, product: &ProductId, until: Timestamp) -> Result<LicenceView, Error> {
        self.wish_offline(product, Some(until)).await
    }

    /// Brings a product back that was taken offline, before its date.
    ///
    /// # Errors
    /// When the person has no right, or the service cannot be asked.
    pub async fn return_early(&self, product: &ProductId) -> Result<LicenceView, Error> {
        self.wish_offline(product, None).await
    }

    async fn wish_offline(
        &self,
        product: &ProductId,
        offline_until: Option<Timestamp>,
    ) -> Result<LicenceView, Error> {
        let wish = OfflineWish {
            offline_until,
            return_early: offline_until.is_none(),
        };
        self.renew_with(product, Proof::None, wish).await?;
        self.installed_changed();
        self.licence(product)
    }

    /// Makes a request to be carried to the account service. To release gives the lease up here first; to activate in a
    /// home that was copied from another computer makes a device of its own of this one. A serial number goes along.
    ///
    /// # Errors
    /// When the product is not installed, the serial number is mistyped, there is nothing to renew or release, or the
    /// home cannot be written.
    pub async fn request_offline(
        &self,
        product: &ProductId,
        act: OfflineAct,
        serial: Option<&str>,
    ) -> Result<RequestView, Error> {
        self.receipt_of(product)?;
        let serial = serial.map(|typed| typed.parse::<SerialNumber>().map_err(Error::BadSerial));
        let serial = serial.transpose()?.map(|serial| serial.to_string());
        if act == OfflineAct::Activate {
            self.begin_anew_where_copied()?;
        }
        let wish = Wish {
            act,
            device_name: self.computer_name(),
            serial,
            offline_until: None,
        };
        let (key, now) = (self.device_key()?, self.0.clock.now());
        let text = self
            .shelf()?
            .request_offline(product, &wish, &key, now)
            .map_err(Error::Licence)?;
        self.installed_changed();
        Ok(RequestView {
            product: product.clone(),
            act,
            text,
            file: None,
            made_at: now,
        })
    }

    /// The same, written down in a file.
    ///
    /// # Errors
    /// As [`Client::request_offline`], and when the file cannot be written.
    pub async fn request_offline_to(
        &self,
        product: &ProductId,
        act: OfflineAct,
        serial: Option<&str>,
        out: &Utf8Path,
    ) -> Result<RequestView, Error> {
        let view = self.request_offline(product, act, serial).await?;
        files::replace_private(out, format!("{}\n", view.text).as_bytes()).map_err(Error::Machine)?;
        Ok(RequestView {
            file: Some(out.to_string()),
            ..view
        })
    }

    /// The same for a window, whose pages name no path: into a folder of this home.
    ///
    /// # Errors
    /// As [`Client::request_offline_to`].
    pub async fn request_offline_here(
        &self,
        product: &ProductId,
        act: OfflineAct,
    ) -> Result<RequestView, Error> {
        let folder = self.0.home.root().join("support");
        files::create_private_folders(&folder).map_err(Error::Machine)?;
        let out = folder.join(format!("{product}-request.txt"));
        self.request_offline_to(product, act, None, &out).await
    }

    /// Takes in the answer that was carried here, for whichever product it is.
    ///
    /// # Errors
    /// When it answers no request that is open here, or is not believed.
    pub fn import_answer(&self, text: &str) -> Result<LicenceView, Error> {
        let key = self.device_key()?;
        let mut refused = None;
        for receipt in self.receipts()? {
            match self.shelf()?.take_answer(&receipt.product, text, &key.public()) {
                Ok(_) => {
                    self.ascribe_texts(&receipt.product);
                    self.installed_changed();
                    return self.licence(&receipt.product);
                }
                Err(error) if is_for_another(&error) => {}
                Err(error) => refused = Some(error),
            }
        }
        Err(refused.map_or(Error::UnaskedAnswer, Error::Licence))
    }

    /// Whoever the licence is for has accepted the texts that were accepted here before anybody was known. That it cannot
    /// be written down costs one more question.
    fn ascribe_texts(&self, product: &ProductId) {
        let ascribed = self.judge_licence(product).and_then(|judged| match judged.held {
            Some(held) => self.0.texts.ascribe(product, held.user_id().as_str()),
            None => Ok(()),
        });
        if let Err(error) = ascribed {
            tracing::warn!(product.id = %product, %error, "whose consent it was could not be written down");
        }
    }

    /// The same from a file.
    ///
    /// # Errors
    /// As [`Client::import_answer`], and when the file cannot be read.
    pub fn import_answer_from(&self, path: &Utf8Path) -> Result<LicenceView, Error> {
        let missing = || Error::NoAnswer {
            path: path.to_owned(),
        };
        let bytes = files::read_bounded(path, LONGEST_ANSWER)
            .map_err(Error::Machine)?
            .ok_or_else(missing)?;
        self.import_answer(&String::from_utf8_lossy(&bytes))
    }
}

/// Whether it says nothing about the answer, only that another product may have asked for it.
const fn is_for_another(error: &Refused) -> bool {
    matches!(
        error,
        Refused::NothingAsked { .. }
            | Refused::RefusedAnswer {
                source: Unbelieved::OtherProduct { .. },
                ..
            }
    )
}
