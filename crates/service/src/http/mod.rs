//! HTTP: extracts what was asked, shapes what is answered, decides nothing.

pub mod address;
pub mod asked;
pub mod catalogue;
pub mod content;
pub mod contracts;
pub mod devices;
pub mod document;
pub mod files;
pub mod finish;
pub mod group_terms;
pub mod groups;
pub mod hand_overs;
pub mod leases;
pub mod me;
pub mod offline;
pub mod packages;
pub mod pages;
pub mod portal;
pub mod problem;
pub mod products;
pub mod publish;
pub mod ranges;
pub mod readiness;
pub mod routes;
pub mod second_step;
pub mod serials;
pub mod sessions;
pub mod shapes;
pub mod update_policies;
pub mod watch;

use crate::actor::{Door, door};
use crate::app::App;
use crate::error::Failure;
use crate::refusal::Refusal;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};

/// The whole service as a router: every route behind its door, pages for everything else.
pub fn router(app: App) -> Router {
    let mut router = Router::new();
    for route in routes::routes() {
        let door = Door {
            app: app.clone(),
            gate: route.gate,
            operation: route.operation,
        };
        let methods = route.methods.layer(DefaultBodyLimit::max(route.body_limit));
        router = router.route(route.pattern, methods.layer(from_fn_with_state(door, door::pass)));
    }
    router
        .fallback(pages::page)
        .method_not_allowed_fallback(wrong_method)
        .with_state(app.clone())
        .layer(from_fn_with_state(app, finish::finish))
        .layer(from_fn(finish::number))
}

async fn wrong_method() -> Response {
    Failure::from(Refusal::WrongMethod).into_response()
}
