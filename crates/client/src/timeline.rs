//! What happened to a product's licence on this computer, and why.

use crate::client::Client;
use crate::error::Error;
use crate::view::{TimelineEvent, TimelineView};
use toolcrib_licence::timeline::{Entry, Event};
use toolcrib_model::ProductId;

impl Client {
    /// The timeline of a product's licence, the newest first.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn licence_timeline(&self, product: &ProductId) -> Result<Vec<TimelineView>, Error> {
        let timeline = self.shelf()?.timeline().map_err(Error::Licence)?;
        for line in &timeline.damaged_lines {
            tracing::warn!(line, "a line of the licences' timeline is damaged");
        }
        let entries = timeline.of(product).entries;
        Ok(entries.into_iter().rev().map(TimelineView::from).collect())
    }
}

impl From<Entry> for TimelineView {
    fn from(entry: Entry) -> Self {
        Self {
            at: entry.at,
            event: entry.event.into(),
            reason: entry.reason.map(|reason| reason.as_str().to_owned()),
            rule: entry.rule,
            next_at: entry.next_at,
            detail: entry.detail,
        }
    }
}

impl From<Event> for TimelineEvent {
    fn from(event: Event) -> Self {
        match event {
            Event::Granted => Self::Granted,
            Event::Renewed => Self::Renewed,
            Event::Allowed => Self::Allowed,
            Event::Refused => Self::Refused,
            Event::Bridged => Self::Bridged,
            Event::Requested => Self::Requested,
            Event::Released => Self::Released,
        }
    }
}
