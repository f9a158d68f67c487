//! `--demo`: a server of its own with a lively fleet, the past included, to try everything on.
//!
//! The fleet is told through the API's routes, as agents would tell it. Its past is lived through
//! first, by a store whose clock is turned; what answers afterwards goes by the system's clock, as
//! every server does.

mod agent;
mod chance;
mod fleet;
mod image;
mod images;
mod past;
mod place;
mod present;
mod story;

use std::{net::SocketAddr, sync::Arc};

use axum::Router;

use self::{place::Place, present::Fleet};
use crate::settings::Flags;

/// A demo: where it lives, and its fleet.
pub struct Demo {
    place: Place,
    fleet: Fleet,
}

impl Demo {
    /// Makes a demo's folder, has the server's settings point there, and fills it with the past.
    ///
    /// # Errors
    /// The folder can't be made or isn't empty, or the past can't be written.
    pub fn begin(flags: &mut Flags) -> anyhow::Result<Self> {
        let place = Place::make(flags)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let fleet = runtime.block_on(past::live_through(&place.database()))?;
        Ok(Self { place, fleet })
    }

    /// Has every host report, says what can be tried, and has them go on for as long as the server
    /// does.
    pub async fn go_on(self: Arc<Self>, router: Router, address: SocketAddr) {
        let begun = async {
            self.fleet.report(&router).await?;
            self.place.introduce(address)
        };
        if let Err(error) = begun.await {
            tracing::error!("the demo can't begin: {error:#}");
        }
        self.fleet.go_on(&router).await;
    }
}
