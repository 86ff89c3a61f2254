//! Content links: short-lived, for exactly one immutable file, and good for anybody who holds one.

use super::App;
use super::entitlement::Offer;
use super::tokens::{is_mac, mac};
use crate::actor::Member;
use crate::error::Failure;
use crate::refusal::Refusal;
use jiff::{SignedDuration, Timestamp};
use toolcrib_model::{Digest, Version};
use toolcrib_wire::api::product::{ContentLink, ContentLinkRequest, ContentLinks};

/// How long a link works.
pub const LINK_VALIDITY: SignedDuration = SignedDuration::from_mins(15);
/// The most files of one request.
pub const MAX_FILES: usize = 10_000;
/// Tells these signatures from everything else that is ever signed with the key.
const DOMAIN: &[u8] = b"toolcrib-content-link-v1";

impl App {
    /// Links to files of a product that the person may have.
    ///
    /// # Errors
    /// Refused where the person may not have the product, or a file is none of it.
    pub async fn content_links(
        &self,
        member: &Member,
        asked: &ContentLinkRequest,
    ) -> Result<ContentLinks, Failure> {
        if asked.files.len() > MAX_FILES {
            return Err(Refusal::Invalid(format!("Ask for at most {MAX_FILES} files at once.")).into());
        }
        let grants = self.grants(member).await?;
        let offer = self
            .given(member, &grants, &asked.product, Offer::may_have)
            .await?;
        self.must_all_be_approved(member, &offer, asked).await?;
        let expires_at = self.now() + LINK_VALIDITY;
        let link = |sha256: &Digest| ContentLink {
            sha256: *sha256,
            url: self.link(sha256, expires_at),
        };
        Ok(ContentLinks {
            links: asked.files.iter().map(link).collect(),
            expires_at,
        })
    }

    /// Refuses files that no release of the product has, and those that only locked releases have, but for the one that
    /// the person's device had before it was locked (S-112).
    async fn must_all_be_approved(
        &self,
        member: &Member,
        offer: &Offer<'_>,
        asked: &ContentLinkRequest,
    ) -> Result<(), Failure> {
        let view = self.shelf().view().await;
        let company = self.company(offer, member.account()).await?;
        let rights = company.rights(member.account(), &asked.product);
        let kept = match rights.rules() {
            Some(_) => self.kept_release(member, &asked.product).await?,
            None => None,
        };
        let is_given = |version: &Version| rights.allow(version) || kept.as_ref() == Some(version);
        for file in &asked.files {
            let [first, ..] = view.releases_with(&asked.product, file) else {
                return Err(Refusal::NotFound(format!("file {file} of `{}`", asked.product)).into());
            };
            let mut having = view.releases_with(&asked.product, file).iter();
            if !having.any(is_given) {
                return Err(self.locked(member, &asked.product, first, &rights).await?.into());
            }
        }
        Ok(())
    }

    fn link(&self, file: &Digest, expires_at: Timestamp) -> String {
        let expires = expires_at.as_second();
        let signature = hex::encode(mac(
            self.keys().links(),
            &signed_pieces(file, expires).each_ref().map(|p| &p[..]),
        ));
        let base = self.base().as_str().trim_end_matches('/');
        format!("{base}/content/{file}?expires={expires}&sig={signature}")
    }

    /// Whether a link that somebody presents is one that was given out and still works.
    ///
    /// # Errors
    /// [`Refusal::BadLink`] or [`Refusal::OldLink`].
    pub fn judge_link(&self, file: &Digest, expires: i64, signature: &str) -> Result<(), Refusal> {
        let found = hex::decode(signature).map_err(|_| Refusal::BadLink)?;
        let pieces = signed_pieces(file, expires);
        if !is_mac(
            self.keys().links(),
            &pieces.each_ref().map(|piece| &piece[..]),
            &found,
        ) {
            return Err(Refusal::BadLink);
        }
        if self.now().as_second() >= expires {
            Err(Refusal::OldLink)
        } else {
            Ok(())
        }
    }
}

fn signed_pieces(file: &Digest, expires: i64) -> [Vec<u8>; 3] {
    [
        DOMAIN.to_vec(),
        file.as_bytes().to_vec(),
        expires.to_be_bytes().to_vec(),
    ]
}
