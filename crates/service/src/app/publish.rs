//! What the vendor's publishing tool puts into place.

use super::App;
use crate::actor::Publisher;
use crate::catalogue::admit;
use crate::catalogue::content::Taken;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use crate::store::audit::{Actor, Entry};
use crate::store::engine::Record;
use axum::body::{Body, Bytes};
use serde_json::json;
use toolcrib_model::{Digest, RelPath};
use toolcrib_wire::api::publish::{ContentQuery, MAX_FILES, MissingContent};

impl App {
    /// Takes one file of content, from the byte `from` on.
    ///
    /// # Errors
    /// Refused where it is not what its name says.
    pub async fn put_content(
        &self,
        _: Publisher,
        file: &Digest,
        body: Body,
        from: u64,
    ) -> Result<Taken, Failure> {
        self.content().take(file, body, from).await
    }

    /// Which files of content are not here.
    ///
    /// # Errors
    /// Refused where too many are asked about.
    pub async fn missing_content(
        &self,
        _: Publisher,
        asked: &ContentQuery,
    ) -> Result<MissingContent, Failure> {
        if asked.files.len() > MAX_FILES {
            return Err(Refusal::Invalid(format!("Ask about at most {MAX_FILES} files at once.")).into());
        }
        let missing = self.content().missing(&asked.files).await?;
        Ok(MissingContent { missing })
    }

    /// Takes one file of the catalogue; with the timestamp the new catalogue takes effect.
    ///
    /// # Errors
    /// Refused where it is not one of a catalogue, or would not fit what is there.
    pub async fn put_file(&self, _: Publisher, path: RelPath, bytes: Bytes) -> Result<Taken, Failure> {
        let _one_at_a_time = self.shelf().publishing().await;
        let (folder, content) = (self.shelf().folder().to_owned(), self.content().clone());
        let takes_effect = path.as_str() == admit::TIMESTAMP;
        let put = move || admit::put(&folder, &content, &path, &bytes);
        let taken = tokio::task::spawn_blocking(put)
            .await
            .map_err(|source| Error::Thread { source })??;
        if takes_effect && taken == Taken::New {
            self.record_publication().await?;
            self.sight_releases().await?;
        }
        Ok(taken)
    }

    async fn record_publication(&self) -> Result<(), Error> {
        let version = self.shelf().timestamp_version()?;
        let tx = self.store().write().await?;
        tx.commit(Record::Entry(Entry {
            at: self.now(),
            organisation: None,
            actor: Actor::Service,
            act: "catalogue_published",
            subject: "catalogue",
            details: json!({ "timestamp_version": version }),
        }))
        .await
    }
}
