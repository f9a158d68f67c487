//! What assetmon must do on the day, promise by promise, with genuine podman and syft.

mod additional_store;
mod affected;
mod bad_input;
mod bounds;
mod cloned;
mod figures;
mod find_names_hosts;
mod kept;
mod killed_agent;
mod killed_server;
mod kills;
mod monitored;
mod older_agent;
mod operating;
mod removed_image;
mod rootless;
mod runtimes;
mod scanned_once;
mod second_opinion;
mod stopped_container;
mod units;
mod version_terms;
mod watch;
