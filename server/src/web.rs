//! The axum router: every route of the house and the layers around them, in one place.

use app::{App, shell};
use axum::Router;
use leptos::config::LeptosOptions;
use leptos_axum::{LeptosRoutes, generate_route_list};

/// Pages, server functions and files.
pub fn router(options: LeptosOptions) -> Router {
    let pages = generate_route_list(App);
    Router::new()
        .leptos_routes_with_context(&options, pages, || {}, {
            let options = options.clone();
            move || shell(options.clone())
        })
        .fallback(leptos_axum::file_and_error_handler(shell))
        .with_state(options)
}
