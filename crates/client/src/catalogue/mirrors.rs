//! Other places that hold the content, as the vendor signed them. They need no trust: every byte is checked.

use super::Opened;
use crate::client::Client;
use toolcrib_model::Digest;
use toolcrib_net::SafeUrl;

impl Client {
    /// Opens the catalogue for the sake of its mirrors. Where it cannot be had there are none, and that is all.
    pub(crate) async fn learn_mirrors(&self) {
        if let Err(error) = self.catalogue().await {
            tracing::info!(
                error = error.sentence(),
                "no other places are known that hold the content"
            );
        }
    }

    /// Where else the file of that digest is, by the catalogue that was opened last; nothing is asked for that.
    pub(crate) async fn mirrors_of(&self, sha256: &Digest) -> Vec<SafeUrl> {
        let last = self.0.opening.0.lock().await;
        last.as_ref()
            .map_or_else(Vec::new, |(_, opened)| below(&mirrors(opened), sha256))
    }
}

impl Opened {
    /// The places that hold the content beside the account service.
    pub(crate) fn mirrors(&self) -> Vec<SafeUrl> {
        mirrors(self)
    }
}

fn mirrors(opened: &Opened) -> Vec<SafeUrl> {
    let parsed = opened.listing.mirrors.iter().map(|mirror| SafeUrl::parse(mirror));
    parsed.filter_map(Result::ok).collect()
}

/// Below a mirror a file has its digest as name.
fn below(mirrors: &[SafeUrl], sha256: &Digest) -> Vec<SafeUrl> {
    let place = |mirror: &SafeUrl| mirror.below(&sha256.to_string()).ok();
    mirrors.iter().filter_map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_lies_below_a_mirror_under_its_digest() {
        let sha256 = Digest::of(b"a part");
        let mirrors = ["https://one.example/content", "https://other.example/"];
        let mirrors = mirrors.map(|raw| SafeUrl::parse(raw).expect("a URL"));
        let places: Vec<_> = below(&mirrors, &sha256)
            .iter()
            .map(|url| url.expose().to_owned())
            .collect();
        assert_eq!(
            places,
            [
                format!("https://one.example/content/{sha256}"),
                format!("https://other.example/{sha256}")
            ]
        );
    }
}
