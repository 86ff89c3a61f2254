//! Which channels a product has, what each of them means for this computer, and choosing one (B-14).

use super::Opened;
use super::channels::USUAL;
use super::offer::Asking;
use crate::client::Client;
use crate::error::Error;
use crate::policy::Key;
use crate::view::{ChannelView, ChannelsView, CompanyView};
use std::collections::BTreeSet;
use toolcrib_model::{ChannelName, ProductId, Version};
use toolcrib_wire::catalogue::ListedProduct;

impl Client {
    /// The channel from which a product comes here, and those that there are, with what each would mean.
    ///
    /// # Errors
    /// As [`Client::offers`], and when the product is not listed.
    pub async fn channels(&self, product: &ProductId) -> Result<ChannelsView, Error> {
        self.hear_company().await;
        let opened = self.catalogue().await?;
        self.channels_of(&opened, product)
    }

    /// Chooses the channel from which this device gets the product from now on, and answers what that means. Nothing is
    /// installed by it, and nothing goes back.
    ///
    /// # Errors
    /// When the company or the organisation has chosen, the product has no such channel, or the choice cannot be written
    /// down.
    pub async fn choose_channel(
        &self,
        product: &ProductId,
        channel: &ChannelName,
    ) -> Result<ChannelsView, Error> {
        self.hear_company().await;
        let asking = self.asking(product)?;
        if let Some(refusal) = self
            .fixed(product, &asking)?
            .filter(|_| asking.channel != *channel)
        {
            return Err(refusal);
        }
        let opened = self.catalogue().await?;
        let names = names(opened.product(product)?);
        if !names.contains(channel) {
            return Err(Error::UnknownChannel {
                product: product.clone(),
                channel: channel.clone(),
                known: names.iter().map(ToString::to_string).collect(),
            });
        }
        self.keep_channel(product, channel)?;
        self.channels_of(&opened, product)
    }

    fn channels_of(&self, opened: &Opened, product: &ProductId) -> Result<ChannelsView, Error> {
        let (listed, asking) = (opened.product(product)?, self.asking(product)?);
        let mut names: Vec<_> = names(listed).into_iter().collect();
        names.sort_by_key(|name| name.as_str() != USUAL);
        let channels = names.into_iter().map(|name| {
            let asking = Asking {
                channel: name,
                ..asking.clone()
            };
            self.as_it_would_be(listed, product, asking)
        });
        Ok(ChannelsView {
            channels: channels.collect::<Result<_, _>>()?,
            fixed: self.fixed(product, &asking)?.map(|refusal| {
                let said = refusal.into_view();
                format!("{} {}", said.message, said.advice)
            }),
            product: product.clone(),
            channel: asking.channel,
        })
    }

    /// Why nobody chooses another channel here, if that is so: the organisation wants one release on this computer, or the
    /// company has put the person on a channel.
    fn fixed(&self, product: &ProductId, asking: &Asking) -> Result<Option<Error>, Error> {
        if asking.target.is_some() {
            return Ok(Some(self.policy()?.set_by(Key::Target)));
        }
        let set = self.company_word(product)?.channel;
        Ok(set.map(|channel| Error::ChannelOfCompany {
            product: product.clone(),
            channel,
        }))
    }

    /// A channel as it is for whoever asks so.
    fn as_it_would_be(
        &self,
        listed: &ListedProduct,
        product: &ProductId,
        asking: Asking,
    ) -> Result<ChannelView, Error> {
        let receipt = self.receipt(product)?;
        let offer = receipt
            .map(|receipt| self.offer_to(&asking, listed, &receipt))
            .transpose()?;
        let version = asking.version(product, listed);
        let points_at = listed.offered(product, &asking.channel, &asking.device);
        let meaning = Meaning {
            installed: offer.as_ref().map(|offer| &offer.installed),
            version,
            update: offer.as_ref().and_then(|offer| offer.update.as_ref()),
            locked: points_at.filter(|version| !asking.rights.allow(version)),
            said: offer.as_ref().and_then(|offer| offer.policy.as_ref()),
        };
        Ok(ChannelView {
            sentence: meaning.sentence(),
            version: version.cloned(),
            update: meaning.update.cloned(),
            name: asking.channel,
        })
    }
}

/// The channels of a product by name, those among them that are only being rolled out.
fn names(listed: &ListedProduct) -> BTreeSet<ChannelName> {
    let all = listed.channels.keys().chain(listed.rollouts.keys());
    all.cloned().collect()
}

/// What is to be said of a channel.
struct Meaning<'a> {
    installed: Option<&'a Version>,
    /// What the channel has for this computer.
    version: Option<&'a Version>,
    /// What would be installed next in the place of what is installed.
    update: Option<&'a Version>,
    /// What the channel points at, where the company has not approved it for the person.
    locked: Option<&'a Version>,
    said: Option<&'a CompanyView>,
}

impl Meaning<'_> {
    fn sentence(&self) -> String {
        let locked = self
            .locked
            .map(|version| format!("{version} is not approved for you."));
        let said = self.said.map(|said| said.sentence.clone());
        let sentences = [Some(self.next()), locked, said];
        sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// What comes next. Nothing goes back by itself: an older release waits until the channel has passed what is installed.
    fn next(&self) -> String {
        match (self.installed, self.version, self.update) {
            (Some(installed), _, Some(update)) if update > installed => {
                format!("The next update is {update}.")
            }
            (Some(installed), _, Some(update)) => format!("{update} takes the place of {installed}."),
            (_, None, _) => "It has no release for you now.".to_owned(),
            (None, Some(version), _) => format!("{version} would be installed."),
            (Some(installed), Some(version), None) if version == installed => {
                format!("It is at {version}, which is installed.")
            }
            (Some(installed), Some(version), None) if version < installed => format!(
                "It is at {version}. {installed} stays, and is updated once this channel has something newer."
            ),
            (Some(_), Some(version), None) => {
                format!("It is at {version}, which is not offered to this computer now.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(installed: Option<&str>, version: Option<&str>, update: Option<&str>) -> String {
        let parsed = |raw: Option<&str>| raw.map(|raw| raw.parse::<Version>().expect("a version"));
        let (installed, version, update) = (parsed(installed), parsed(version), parsed(update));
        let meaning = Meaning {
            installed: installed.as_ref(),
            version: version.as_ref(),
            update: update.as_ref(),
            locked: None,
            said: None,
        };
        meaning.sentence()
    }

    #[test]
    fn a_channel_says_what_comes_next_and_that_nothing_goes_back_by_itself() {
        let told = [
            (
                next(Some("1.0.0"), Some("1.1.0"), Some("1.1.0")),
                "The next update is 1.1.0.",
            ),
            (
                next(Some("2.0.0-beta.1"), Some("1.1.0"), None),
                "It is at 1.1.0. 2.0.0-beta.1 stays, and is updated once this channel has something newer.",
            ),
            (
                next(Some("2.0.0"), Some("1.1.0"), Some("1.1.0")),
                "1.1.0 takes the place of 2.0.0.",
            ),
            (
                next(Some("1.1.0"), Some("1.1.0"), None),
                "It is at 1.1.0, which is installed.",
            ),
            (
                next(Some("1.0.0"), Some("1.1.0"), None),
                "It is at 1.1.0, which is not offered to this computer now.",
            ),
            (next(None, Some("1.1.0"), None), "1.1.0 would be installed."),
            (next(None, None, None), "It has no release for you now."),
        ];
        for (sentence, expected) in told {
            assert_eq!(sentence, expected);
        }
    }

    #[test]
    fn what_the_company_says_is_said_of_a_channel_too() {
        let version: Version = "2.0.0".parse().expect("a version");
        let older: Version = "1.0.0".parse().expect("a version");
        let meaning = Meaning {
            installed: Some(&older),
            version: Some(&older),
            update: None,
            locked: Some(&version),
            said: None,
        };
        assert_eq!(
            meaning.sentence(),
            "It is at 1.0.0, which is installed. 2.0.0 is not approved for you."
        );
    }
}
