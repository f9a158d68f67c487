//! The table of routes: one line registers a route and describes it, so that none is missing in
//! the OpenAPI document.

use std::sync::Arc;

use axum::{
    Extension, Router,
    body::Bytes,
    handler::Handler,
    http::header,
    middleware::map_request,
    routing::{MethodRouter, delete, get, post},
};
use proto_types::{Endpoint, Method};
use tower::ServiceBuilder;

use crate::{
    app::App,
    auth::{Anyone, CalledBy},
    extract::{Bound, Room, paced},
    openapi::Document,
};

/// Where the OpenAPI document is.
const DOCUMENT: &str = "/api/v1/openapi.json";

/// The routes so far, and what the document says of them.
#[derive(Default)]
pub struct Table {
    router: Router<App>,
    document: Document,
    room: Arc<Room>,
}

impl Table {
    /// The route of an endpoint: its method and its path stand with its type, who may call it with
    /// its handler, and its bound, in bytes of a body, here.
    pub fn route<E, H, T>(mut self, handler: H, body: usize) -> Self
    where
        E: Endpoint,
        H: Handler<T, App>,
        T: CalledBy + 'static,
    {
        self.document.endpoint::<E>(T::WHO, body);
        let method: MethodRouter<App> = match E::METHOD {
            Method::Get => get(handler),
            Method::Post => post(handler),
            Method::Delete => delete(handler),
        };
        let bound = Bound {
            bytes: body,
            room: Arc::clone(&self.room),
        };
        let bounds = ServiceBuilder::new()
            .layer(map_request(paced))
            .layer(Extension(bound));
        self.register(E::ROUTE, method.layer(bounds))
    }

    /// A route that is read by what watches over servers, and answers with a text.
    pub fn text<H, T>(mut self, path: &str, about: &str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: CalledBy + 'static,
    {
        self.document.plain(path, "text/plain", about, T::WHO);
        self.register(path, get(handler))
    }

    /// All of them, and the one that the document itself is read by.
    pub fn done(mut self) -> Router<App> {
        let about = "This document. It holds nothing that isn't public, so it needs no token.";
        let who = crate::auth::Who::Anyone;
        self.document
            .plain(DOCUMENT, "application/json", about, who);
        let document = Bytes::from(self.document.text());
        let read = async |_: Anyone| ([(header::CONTENT_TYPE, "application/json")], document);
        self.register(DOCUMENT, get(read)).router
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that registers routes"
    )]
    fn register(mut self, path: &str, method: MethodRouter<App>) -> Self {
        self.router = self.router.route(path, method);
        self
    }
}
