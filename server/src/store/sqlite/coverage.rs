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

/// The coverage of an answer about now and what was before it from a moment on, of the fleet or of
/// the one host that it is about; of one that was removed nothing is known now.
pub fn since(cx: &Context<'_>, index: &Index, host: Option<&str>, from: Timestamp) -> Coverage {
    let of_host = host.map(|name| of_host(cx, index, name, Window::Live));
    let of_now = of_host.filter(|coverage| coverage.hosts > 0);
    proof::judged(Coverage {
        kept_since: index.kept_since().filter(|kept| from < *kept),
        ..of_now.unwrap_or_else(|| now(cx, index))
    })
}

/// The coverage of an answer about what one host, or those that had its name, ran.
pub fn of_host(cx: &Context<'_>, index: &Index, name: &str, window: Window) -> Coverage {
    index.coverage_of(name, window.span(), cx.clock())
}
