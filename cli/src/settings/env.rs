//! The environment, as a function so that tests need not change the real one.

/// The value of a variable; none where it isn't set, or empty.
pub(crate) type Env<'a> = &'a dyn Fn(&str) -> Option<String>;
