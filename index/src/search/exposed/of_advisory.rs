//! What one advisory means for each host that ran something affected.

use model::{
    advisory::Advisory,
    exposure::{self, Exposure, Known},
    presence::Span,
};
use proto_types::UnknownKind;

use super::{known::Exposing, ran::Ran};
use crate::{
    search::{judged::Stated, look::Search},
    standing::Clock,
};

/// Which times are asked about, and when.
#[derive(Debug, Clone, Copy)]
pub struct When {
    /// Only hosts count that ran something affected at some moment of this.
    pub during: Option<Span>,
    /// When the first page was asked for.
    pub clock: Clock,
}

/// A host that was exposed by an advisory.
#[derive(Debug, Clone)]
pub struct ExposedHost<'i> {
    /// Its name.
    pub name: &'i str,
    /// Its number.
    pub host: u32,
    /// How long.
    pub exposure: Exposure,
}

impl<'i> Search<'i> {
    /// The hosts that were exposed by an advisory, by name and number, behind one of them.
    pub(super) fn exposed(
        &self,
        stated: Stated<'_>,
        exposing: &mut Exposing,
        (after, when): (Option<&(String, u32)>, When),
    ) -> Vec<ExposedHost<'i>> {
        let (index, pin) = (self.index, self.question.pin);
        let is_behind = |name: &str, host: u32| {
            after.is_none_or(|(last, number)| (last.as_str(), *number) < (name, host))
        };
        let mut hosts = Vec::new();
        for (host, ran) in self.ran(stated) {
            let name = index.hosts.name_at(host, pin);
            if !is_behind(name, host) {
                continue;
            }
            let exposure = self.exposure(stated.advisory, host, (&ran, exposing, when));
            hosts.extend(exposure.map(|exposure| ExposedHost {
                name,
                host,
                exposure,
            }));
        }
        hosts.sort_by_key(|one| (one.name, one.host));
        hosts
    }

    fn exposure(
        &self,
        advisory: &Advisory,
        host: u32,
        (ran, exposing, when): (&Ran, &mut Exposing, When),
    ) -> Option<Exposure> {
        let touches = |time: Span| ran.affected.iter().any(|span| span.touches(time));
        if !when.during.is_none_or(touches) {
            return None;
        }
        let mut unknown = Vec::new();
        if let Some(known) = exposing.known(self, host, when.clock) {
            unknown.extend_from_slice(&known.1);
            unknown.extend(exposure::removed(&known.0, &ran.affected));
        }
        let may_be = ran.unknown.iter();
        unknown.extend(may_be.map(|span| (UnknownKind::Verdict, *span)));
        exposure::exposure(&Known {
            ran: &ran.affected,
            unknown: &unknown,
            published: advisory.published,
            now: when.clock.now,
        })
    }
}
