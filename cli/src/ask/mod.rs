//! What commands that ask a server share: the client with the output, and the names of hosts,
//! images and artifacts that only a server can complete.

pub(crate) mod complete;
pub(crate) mod context;
pub(crate) mod doubt;
pub(crate) mod each;
pub(crate) mod images;
pub(crate) mod packages;
pub(crate) mod pages;
pub(crate) mod progress;
pub(crate) mod resolve;
pub(crate) mod side;
pub(crate) mod watch;
