//! Advisories as they are looked at: a page of a list, and all that speak of a vulnerability.

use advisories::osv;
use model::{advisory::Advisory, bounds};
use proto_types::{
    AdvisoriesResponse, AdvisoryDetail, AdvisorySummary, KeptAdvisory, ListAdvisories,
};
use rusqlite::{Connection, params_from_iter};

use crate::store::{
    Result, StoreError,
    query::limit,
    sqlite::listing::{Filter, cut},
};

use super::{packed::unpacked, speaking};

/// One page, ordered by id and source.
///
/// # Errors
/// [`StoreError::Invalid`] where the cursor isn't of such a list.
pub fn page(db: &Connection, request: &ListAdvisories) -> Result<AdvisoriesResponse> {
    let mut filter = Filter::default();
    if let Some(source) = &request.source {
        filter.and("source = ?", [source.clone().into()]);
    }
    if let Some(prefix) = &request.id_prefix {
        filter.and("id LIKE ? ESCAPE '\\'", [begins(prefix).into()]);
    }
    let count = format!(
        "SELECT count(*) FROM records JOIN feeds USING (feed) {}",
        filter.sql()
    );
    let total: i64 = db.query_row(&count, params_from_iter(filter.values()), |row| row.get(0))?;
    if let Some(cursor) = &request.cursor {
        let (id, source) = after(cursor)?;
        filter.and(
            "(id COLLATE NOCASE, id, source) > (?, ?, ?)",
            [id.clone().into(), id.into(), source.into()],
        );
    }
    let limit = limit(request.limit);
    let mut found = rows(db, &filter, limit)?;
    let truncated = cut(&mut found, limit);
    let last = found.last().filter(|_| truncated);
    Ok(AdvisoriesResponse {
        next_cursor: last.map(|last| cursor(&last.id, &last.source)),
        advisories: found,
        total: total.unsigned_abs(),
        truncated,
    })
}

fn rows(db: &Connection, filter: &Filter, limit: usize) -> Result<Vec<AdvisorySummary>> {
    let mut page = db.prepare(&format!(
        "SELECT source, body FROM records JOIN feeds USING (feed) {}
         ORDER BY id COLLATE NOCASE, id, source LIMIT {}",
        filter.sql(),
        limit + 1
    ))?;
    let mut rows = page.query(params_from_iter(filter.values()))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let kept = unpacked(row.get_ref(1)?.as_blob().unwrap_or_default())?;
        found.push(summary(&kept.advisory, row.get(0)?));
    }
    Ok(found)
}

/// A pattern of what begins so.
fn begins(prefix: &str) -> String {
    let mut pattern = String::with_capacity(prefix.len() + 1);
    for sign in prefix.chars() {
        if matches!(sign, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}

/// Where a page ends, as an opaque text.
fn cursor(id: &str, source: &str) -> String {
    hex::encode(serde_json::json!([id, source]).to_string())
}

fn after(cursor: &str) -> Result<(String, String)> {
    let bytes = hex::decode(cursor).ok();
    let read = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    read.ok_or_else(|| {
        StoreError::invalid_with_hint(
            "the cursor is none of a list of advisories",
            "take `next_cursor` as the last page has it",
        )
    })
}

/// All that speak of a vulnerability.
///
/// # Errors
/// As [`speaking::of`].
pub fn detail(db: &Connection, id: &str) -> Result<AdvisoryDetail> {
    let found = speaking::of(db, id)?;
    let total = found.len() as u64;
    let mut room = bounds::DOCUMENT;
    let mut advisories = Vec::new();
    for kept in found.into_iter().take(bounds::ADVISORIES_SHOWN) {
        let Some(left) = room.checked_sub(kept.of.bytes) else {
            break;
        };
        room = left;
        advisories.push(KeptAdvisory {
            record: osv::write(&kept.of.advisory),
            summary: summary(&kept.of.advisory, kept.source),
        });
    }
    Ok(AdvisoryDetail { advisories, total })
}

pub(super) fn summary(advisory: &Advisory, source: String) -> AdvisorySummary {
    let cves = advisory.cves().into_iter().take(bounds::CVES_LISTED);
    AdvisorySummary {
        id: advisory.id.clone(),
        source,
        cves: cves.map(str::to_owned).collect(),
        summary: advisory.summary.clone(),
        packages: advisory.affected.len() as u64,
        published: advisory.published,
        modified: advisory.modified,
        withdrawn: advisory.withdrawn,
    }
}
