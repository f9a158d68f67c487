//! Why an SBOM may not be everything, and whose fault that is.

use std::fmt;

use proto_types::FailureCause;

/// A reason to think that the image holds more than was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Doubt {
    /// What happened.
    pub(crate) reason: String,
    /// Whether another host would fare the same.
    pub(crate) cause: FailureCause,
}

impl Doubt {
    /// One that every host would have.
    pub(crate) const fn of_the_image(reason: String) -> Self {
        let cause = FailureCause::Image;
        Self { reason, cause }
    }

    /// One of this host's own.
    pub(crate) const fn of_the_host(reason: String) -> Self {
        let cause = FailureCause::Environment;
        Self { reason, cause }
    }

    /// This one with another one behind it; the host's fault where either is.
    pub(crate) fn and(self, other: Option<Self>) -> Self {
        let Some(other) = other else { return self };
        let reason = format!("{}; {}", self.reason, other.reason);
        let is_the_hosts = [self.cause, other.cause].contains(&FailureCause::Environment);
        match is_the_hosts {
            true => Self::of_the_host(reason),
            false => Self::of_the_image(reason),
        }
    }

    /// The one that counts of two: the host's, since without it there might be no other, or else the
    /// first.
    pub(super) fn first_of(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        let is_the_hosts = |doubt: &Self| doubt.cause == FailureCause::Environment;
        match (one, other) {
            (Some(one), Some(other)) if is_the_hosts(&other) && !is_the_hosts(&one) => Some(other),
            (one, other) => one.or(other),
        }
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

#[cfg(test)]
mod tests {
    use super::Doubt;

    #[test]
    fn of_two_doubts_the_hosts_counts_and_else_the_first() {
        let image = |reason: &str| Some(Doubt::of_the_image(reason.to_owned()));
        let host = |reason: &str| Some(Doubt::of_the_host(reason.to_owned()));
        for (one, other, first) in [
            (None, None, None),
            (image("a"), None, image("a")),
            (None, image("b"), image("b")),
            (image("a"), image("b"), image("a")),
            (image("a"), host("b"), host("b")),
            (host("a"), image("b"), host("a")),
            (host("a"), host("b"), host("a")),
        ] {
            assert_eq!(Doubt::first_of(one, other), first);
        }
    }
}
