//! Conditions as they are written: every member by name, so that a fault is named and not only refused.

use super::{Comparison, Condition, Operand};
use crate::FactKey;
use serde::Deserialize;
use thiserror::Error;

/// All members that a condition may have.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    all: Option<Vec<Condition>>,
    any: Option<Vec<Condition>>,
    not: Option<Box<Condition>>,
    fact: Option<FactKey>,
    is: Option<Operand>,
    at_least: Option<Operand>,
    at_most: Option<Operand>,
    one_of: Option<Vec<Operand>>,
    all_of: Option<Vec<Operand>>,
    none_of: Option<Vec<Operand>>,
}

/// The members do not make one condition.
#[derive(Debug, Error)]
pub(super) enum BadShape {
    #[error("a condition is one thing: write exactly one of all, any, not and fact")]
    NotOne,
    #[error("an operator needs a fact")]
    NoFact,
}

impl Written {
    fn has_operator(&self) -> bool {
        let single = self.is.is_some() || self.at_least.is_some() || self.at_most.is_some();
        single || self.one_of.is_some() || self.all_of.is_some() || self.none_of.is_some()
    }
}

impl TryFrom<Written> for Condition {
    type Error = BadShape;

    fn try_from(written: Written) -> Result<Self, BadShape> {
        if written.fact.is_none() && written.has_operator() {
            return Err(BadShape::NoFact);
        }
        match written {
            Written {
                all: Some(all),
                any: None,
                not: None,
                fact: None,
                ..
            } => Ok(Self::All { all }),
            Written {
                all: None,
                any: Some(any),
                not: None,
                fact: None,
                ..
            } => Ok(Self::Any { any }),
            Written {
                all: None,
                any: None,
                not: Some(not),
                fact: None,
                ..
            } => Ok(Self::Not { not }),
            Written {
                all: None,
                any: None,
                not: None,
                fact: Some(fact),
                ..
            } => Ok(Self::Test(Comparison {
                fact,
                is: written.is,
                at_least: written.at_least,
                at_most: written.at_most,
                one_of: written.one_of,
                all_of: written.all_of,
                none_of: written.none_of,
            })),
            _ => Err(BadShape::NotOne),
        }
    }
}
