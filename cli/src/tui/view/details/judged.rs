//! The details' facts of advisories, and of what they mean for an artifact.

use proto_types::{AffectingAdvisory, ExplainedAdvisory, Extent, Verdict};
use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::sheet::Sheet;
use crate::{
    output::{Heading, Row, View, number::counted, rows::affected::verdict},
    tui::{
        item::Item,
        judged::Judged,
        view::text::{span, worded},
    },
};

/// How many artifacts of an advisory are told of.
const SHOWN: usize = 8;

impl Sheet<'_> {
    /// An advisory: what it is about, how urgent it is, and how much of what runs it affects.
    pub(super) fn advisory(&self, one: &AffectingAdvisory) -> Vec<Line<'static>> {
        let advisory = &one.advisory;
        let mut lines = self.facts(&[("summary", Some(advisory.summary.as_str()))]);
        if let Some(since) = &one.kev {
            let due = one.kev_due.iter().map(|due| format!(", due {due}"));
            let due: String = due.collect();
            let known = format!("! known to be exploited since {since}{due}");
            lines.extend(self.fact("KEV", &known, self.theme.bad()));
        }
        let cves = advisory.cves.join(" ");
        let fix = if one.has_fix {
            "is known"
        } else {
            "none known"
        };
        let published = advisory.published.map(|time| self.time(time));
        let modified = advisory.modified.map(|time| self.time(time));
        lines.extend(self.facts(&[
            ("EPSS", likely(one).as_deref()),
            ("CVEs", Some(cves.as_str()).filter(|text| !text.is_empty())),
            ("fix", Some(fix)),
            ("affected", extent(&one.affected).as_deref()),
            ("unknown", extent(&one.unknown).as_deref()),
            ("excused", extent(&one.excused).as_deref()),
            ("feed", Some(advisory.source.as_str())),
            ("published", published.as_deref()),
            ("modified", modified.as_deref()),
        ]));
        lines
    }

    /// What an advisory means for artifacts, as far as there is room for it.
    pub(super) fn meanings(&self, judged: &[Judged]) -> Vec<Line<'static>> {
        if judged.is_empty() {
            return Vec::new();
        }
        let mut lines = self.part("artifacts");
        for one in judged.iter().take(SHOWN) {
            let artifact = format!("{} {}", one.artifact.name, one.artifact.version);
            lines.extend(self.said(one.verdict, &artifact, one.fixed.as_deref(), &one.reason));
        }
        let more = judged.len().saturating_sub(SHOWN);
        if more > 0 {
            lines.push(Line::styled(format!("and {more} more"), self.theme.faint()));
        }
        lines
    }

    /// What an advisory means for an artifact.
    pub(super) fn judged(&self, one: &Judged) -> Vec<Line<'static>> {
        let (artifact, plain) = (&one.artifact, Style::new());
        let tone = one.cell(Heading::Verdict).tone();
        let mut lines = self.fact("verdict", words(one.verdict), self.theme.tone(tone));
        lines.extend(self.fact("reason", &one.reason, plain));
        let of = one.cell(Heading::Distro);
        let of = of.render(&View::plain(self.state.now));
        let counts = [
            counted(one.containers, "container"),
            counted(one.hosts, "host"),
            counted(one.images, "image"),
        ];
        lines.extend(self.facts(&[
            ("fixed", one.fixed.as_deref()),
            ("advisory", Some(one.advisory.as_str())),
            ("distro", Some(of.as_str()).filter(|text| !text.is_empty())),
            ("runs in", Some(counts.join(", ").as_str())),
        ]));
        lines.extend(self.artifact(artifact));
        lines
    }

    /// What each advisory says of an artifact, and how the first of them comes to that.
    pub(super) fn decided(&self, item: &Item) -> Vec<Line<'static>> {
        let Item::Judged(one) = item else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        if let Some(first) = one.said.first() {
            lines.extend(self.steps(first));
        }
        for said in one.said.iter().skip(1) {
            let verdict = said.verdict.unwrap_or(Verdict::Unknown);
            let reason = said.reason.as_deref().unwrap_or_default();
            lines.push(Line::default());
            lines.extend(self.said(verdict, &said.advisory, said.fixed.as_deref(), reason));
        }
        lines
    }

    /// The steps of a decision.
    fn steps(&self, said: &ExplainedAdvisory) -> Vec<Line<'static>> {
        let mut lines = self.part("decided so");
        for (number, step) in (1..).zip(&said.steps) {
            let step = format!("{number}. {step}");
            lines.extend(self.sentence(&step, Style::new()));
        }
        lines
    }

    /// A verdict on something, and why.
    fn said(
        &self,
        what: Verdict,
        of: &str,
        fixed: Option<&str>,
        reason: &str,
    ) -> Vec<Line<'static>> {
        let style = self.theme.tone(verdict(what).tone());
        let fixed = fixed.map(|fixed| format!(" (fixed in {fixed})"));
        let mut lines = vec![Line::from(vec![
            Span::styled(format!("{} ", words(what)), style),
            span(&format!("{of}{}", fixed.unwrap_or_default()), Style::new()),
        ])];
        lines.extend(self.sentence(reason, self.theme.faint()));
        lines
    }

    /// A sentence in as many lines as it takes.
    fn sentence(&self, text: &str, style: Style) -> Vec<Line<'static>> {
        let text = model::shown::escaped(text);
        let lines = worded(&text, self.room.saturating_sub(2).max(8)).into_iter();
        lines
            .map(|line| Line::styled(format!("  {line}"), style))
            .collect()
    }
}

/// How likely an advisory is to be exploited, where that is known.
fn likely(one: &AffectingAdvisory) -> Option<String> {
    let percentile = one
        .epss_percentile
        .map(|share| format!(" (percentile {})", share.get()));
    let epss = one.epss?.get();
    Some(format!("{epss}{}", percentile.unwrap_or_default()))
}

/// How much something is about, where it is about anything.
fn extent(of: &Extent) -> Option<String> {
    let counts = [
        counted(of.hosts, "host"),
        counted(of.containers, "container"),
        counted(of.images, "image"),
    ];
    (of.containers > 0).then(|| counts.join(", "))
}

/// A verdict as it is said.
const fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotAffected => "not affected",
        other => other.as_str(),
    }
}
