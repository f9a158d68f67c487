//! Coverage: how much an answer can know, by the index.

use index::Index;
use model::proof;
use proto_types::{Coverage, Timestamp};

use crate::store::query::{Cursor, Window};

use super::context::Context;

/// The coverage of an answer about the fleet now.
pub fn now(cx: &Context<'_>, index: &Index) -> Coverage {
    index.coverage(None, cx.clock())
}

/// The coverage of one page: that of the first one on all of them, for they are one answer.
pub fn of_page(
    cx: &Context<'_>,
    index: &Index,
    window: Window,
    cursor: Option<&Cursor>,
) -> Coverage {
    match cursor.and_then(|cursor| cursor.coverage) {
        Some(first) => proof::judged(first),
        None => index.coverage(window.span(), cx.clock()),
    }
}

/// The coverage of an answer about now and what was before it from a moment on.
pub fn since(cx: &Context<'_>, index: &Index, from: Timestamp) -> Coverage {
    proof::judged(Coverage {
        kept_since: index.kept_since().filter(|kept| from < *kept),
        ..now(cx, index)
    })
}

/// The coverage of an answer about what one host, or those that had its name, ran.
pub fn of_host(cx: &Context<'_>, index: &Index, name: &str, window: Window) -> Coverage {
    index.coverage_of(name, window.span(), cx.clock())
}
