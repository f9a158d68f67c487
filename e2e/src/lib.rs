//! A fleet on one machine, for end-to-end tests: a server, hosts with a podman store each, their
//! agents, and `assetctl`, all of them the genuine programs.
//!
//! Whatever goes wrong panics with what was said: this is only ever used by tests.

mod agent;
mod asked;
mod assetctl;
mod churn;
mod family;
mod fleet;
mod guide;
mod host;
mod http;
mod image;
mod kills;
mod lab;
mod nginx;
mod process;
mod prometheus;
mod random;
mod runtimes;
mod server;
mod syft;
mod user;
mod watch;

pub use agent::{Agent, Cycle};
pub use asked::number;
pub use assetctl::Said;
pub use churn::{Churn, Steps, delays, signs};
pub use fleet::Fleet;
pub use guide::Guide;
pub use host::Host;
pub use http::Answer;
pub use image::{Image, Package};
pub use kills::{Kills, Store};
pub use lab::Lab;
pub use nginx::Nginx;
pub use process::{by_way_of, run, wait_until};
pub use prometheus::Prometheus;
pub use runtimes::others;
pub use server::{Server, ask_at};
pub use syft::{Gate, Syft};
pub use user::User;
pub use watch::Watch;
