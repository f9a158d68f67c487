//! A statement, and the products that it is about.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One statement of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The ids of the vulnerability.
    pub vulnerability: BTreeSet<String>,
    /// The products that it holds for.
    pub products: Vec<Product>,
    /// What is stated.
    pub status: Status,
    /// Why a product isn't affected: `component_not_present`, or in the author's own words.
    pub justification: String,
    /// Who states it.
    pub author: String,
    /// When it was stated, or last changed.
    pub time: Option<Timestamp>,
    /// The feed that it was imported with; empty where it came with a question.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

impl Statement {
    /// Whether it says that there is nothing to do.
    #[must_use]
    pub const fn excuses(&self) -> bool {
        matches!(self.status, Status::NotAffected | Status::Fixed)
    }
}

/// What is stated of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The vulnerability is nothing to worry about there.
    NotAffected,
    /// It is one.
    Affected,
    /// It is fixed there.
    Fixed,
    /// It isn't known yet.
    UnderInvestigation,
}

impl Status {
    /// Its word, as documents write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotAffected => "not_affected",
            Self::Affected => "affected",
            Self::Fixed => "fixed",
            Self::UnderInvestigation => "under_investigation",
        }
    }
}

/// A product, and the parts of it that are meant; the whole where there are none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// The product itself.
    pub component: Component,
    /// The parts of it that are meant.
    pub parts: Vec<Component>,
}

/// By what something is named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Package URLs.
    pub purls: Vec<String>,
    /// SHA-256 digests, of 64 hex digits in small letters.
    pub digests: Vec<String>,
}
