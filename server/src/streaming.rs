//! A stream: one of the few that a token may have open. Who reads it is asked again at each piece.

use crate::{app::App, auth::Pass, error::ApiResult, limits::Seat};

/// An answer that goes on.
pub struct Streaming {
    /// What it is answered with.
    pub app: App,
    pass: Pass,
    _seat: Option<Seat>,
    /// Room for what it keeps.
    _kept: Option<Seat>,
}

impl Streaming {
    /// Begins with one.
    ///
    /// # Errors
    /// `rate_limited`: too many are open.
    pub fn begin(app: App, pass: Pass) -> ApiResult<Self> {
        let seat = pass.token().map(|token| app.limits.stream(token));
        Ok(Self {
            _seat: seat.transpose()?,
            _kept: None,
            app,
            pass,
        })
    }

    /// The same of one that keeps so many bytes until it ends.
    ///
    /// # Errors
    /// `unavailable`: what others keep leaves no room for them.
    pub fn keeping(self, bytes: usize) -> ApiResult<Self> {
        Ok(Self {
            _kept: Some(self.app.limits.keep(bytes)?),
            ..self
        })
    }

    /// Lets its next piece be worked on, once it is its turn.
    ///
    /// # Errors
    /// Whoever reads may do so no more, or has too much else worked on.
    pub async fn next(&self) -> ApiResult<Option<Seat>> {
        self.pass.still_reads(&self.app).await?;
        match self.pass.token() {
            Some(token) => self.app.limits.go_on(token).await.map(Some),
            None => Ok(None),
        }
    }
}
