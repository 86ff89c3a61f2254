//! Gates: what a route asks of whoever calls it.

use std::fmt;
use toolcrib_model::Row;

/// What a route asks of whoever calls it. Every route has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Nothing, and why that is right.
    Public(&'static str),
    /// Nothing but to come from a page of this service, and why that is right.
    Page(&'static str),
    /// To be signed in: it concerns only the person's own things (row R10).
    Own,
    /// To be allowed this row on at least one contract; the call itself then looks at the contract it concerns.
    Row(Row),
    /// To be signed in; the answer holds only things for which this row is allowed, and nothing for all others.
    Each(Row),
    /// To hold the publishing token.
    Publisher,
}

impl Gate {
    /// Whether somebody has to be signed in.
    pub const fn needs_sign_in(self) -> bool {
        matches!(self, Self::Own | Self::Row(_) | Self::Each(_))
    }

    /// The row of the permission table that the route is bound to, where it is one for people.
    pub const fn row(self) -> Option<Row> {
        match self {
            Self::Own => Some(Row::R10),
            Self::Row(row) | Self::Each(row) => Some(row),
            Self::Public(_) | Self::Page(_) | Self::Publisher => None,
        }
    }
}

impl fmt::Display for Gate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public(why) => write!(out, "public: {why}"),
            Self::Page(why) => write!(out, "our own pages: {why}"),
            Self::Own => out.write_str("row R10: one's own"),
            Self::Row(row) => write!(out, "row {row}"),
            Self::Each(row) => write!(out, "row {row} for each thing answered"),
            Self::Publisher => out.write_str("publisher"),
        }
    }
}
