//! A disk that fails or is full, and a log that can't be written: nothing is acknowledged that isn't
//! safe, and a server that can't write any more ends.

mod disk;
mod full;
mod mute;
mod quiet;

use proto_types::CreateHost;

/// Adds a host, so that something is written.
fn host(name: &str) -> CreateHost {
    CreateHost {
        name: name.to_owned(),
    }
}
