//! The server as a program: how it starts, stops, is killed, and what it logs.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod audit;
mod backup;
mod crowd;
mod demo;
mod example;
mod faults;
mod kills;
mod large;
mod load;
mod logs;
mod server;
mod service;
mod start;
mod stop;
mod tls;
mod tokens;
mod units;
