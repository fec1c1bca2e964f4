//! The axum router: every route of the house and what its handlers get, in one place. The layers are in `middleware`.

use crate::{
    config::{Config, Origin},
    dev_mail, feed, links,
    middleware::{self, Proxy, reports},
    pkg::Site,
    sessions::LiveSessions,
    wire,
};
use adapters::mail::folder::Folder;
use anyhow::Context;
use app::{App, shell};
use axum::{Extension, Router, http::StatusCode, routing::get};
use identity::Gate;
use kernel::House;
use leptos::{config::LeptosOptions, prelude::provide_context};
use leptos_axum::{LeptosRoutes, generate_route_list};
use room::{ClinicPhone, HouseBackstage, Turn};
use std::{net::SocketAddr, sync::Arc};

/// What the router is made of. Tests make it from a throw-away house.
#[derive(Debug, Clone)]
pub struct Parts {
    pub house: House,
    pub gate: Gate,
    pub rooms: room::Hub,
    pub sockets: live::Hub,
    pub turn: Option<Turn>,
    pub phone: Option<ClinicPhone>,
    pub origin: Origin,
    pub proxy: Proxy,
    pub development: bool,
    /// What `/dev/mail` shows, in development.
    pub mail: Folder,
}

impl Parts {
    /// The parts of an installation.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub async fn new(house: House, origin: Origin, turn: Option<Turn>, development: bool) -> anyhow::Result<Self> {
        let gate = Gate::new(origin.is_secure()).await.context("cannot make the gate")?;
        let rooms = room::Hub::new(Arc::new(HouseBackstage(house.clone())));
        let sockets = live::Hub::default();
        LiveSessions::end_with(&gate.events, sockets.clone());
        Ok(Self {
            house,
            gate,
            rooms,
            sockets,
            turn,
            phone: None,
            origin,
            proxy: Proxy::None,
            development,
            mail: Folder::new("data/mail".into()),
        })
    }

    pub async fn of(config: &Config, house: House) -> anyhow::Result<Self> {
        let turn = config
            .turn
            .as_ref()
            .map(|turn| Turn::new(turn.urls.clone(), turn.secret.to_string()).as_the_only_way(turn.only_way));
        let parts = Self::new(house, config.origin.clone(), turn, config.development).await?;
        Ok(Self {
            phone: config.clinic_phone.clone().map(ClinicPhone),
            proxy: config.proxy,
            mail: wire::mail_folder(config),
            ..parts
        })
    }

    /// What server functions and pages reach by context.
    fn provide(&self) {
        provide_context(self.house.clone());
        provide_context(self.gate.clone());
        provide_context(self.rooms.clone());
        if let Some(turn) = &self.turn {
            provide_context(turn.clone());
        }
        if let Some(phone) = &self.phone {
            provide_context(phone.clone());
        }
        middleware::provide_nonce();
    }
}

/// Every route, with the layers around them.
pub fn router(parts: &Parts, listen: SocketAddr, site: Option<Site>) -> Router {
    let options = site.as_ref().map_or_else(
        || {
            LeptosOptions::builder()
                .output_name("teletherapy")
                .site_addr(listen)
                .build()
        },
        |site| site.leptos_options(listen),
    );
    let layers = middleware::Site {
        origin: parts.origin.clone(),
        proxy: parts.proxy,
        stylesheet: format!("/{}/{}.css", options.site_pkg_dir, options.output_name).into(),
    };
    let files = site.map(Site::routes).unwrap_or_default();
    let routes = pages(parts, options)
        .merge(files)
        .merge(desk::http::router())
        .merge(library::http::router())
        .merge(scheduling::http::router(parts.house.clone(), parts.origin.to_string()))
        .merge(room::router(
            parts.rooms.clone(),
            parts.sockets.clone(),
            LiveSessions(parts.house.clone()),
            parts.house.clock.clone(),
            [parts.origin.to_string()],
        ))
        .merge(reports::routes())
        .merge(links::routes(layers.stylesheet.clone()))
        .merge(feed::routes(parts.origin.to_string(), layers.stylesheet.clone()))
        .merge(workshop(parts, layers.stylesheet.clone()))
        .route("/healthz", get(healthz))
        .fallback({
            // The same bytes as for the area of another role: an absent page and a foreign one look alike.
            let stylesheet = layers.stylesheet.clone();
            move || async move { middleware::absent::not_found(&stylesheet) }
        })
        .layer(Extension(parts.house.clone()));
    middleware::around(routes, &layers, &parts.house, &parts.gate)
}

/// Pages and server functions. The kit is a page for developers: a production start does not have it.
fn pages(parts: &Parts, options: LeptosOptions) -> Router {
    let mut pages = generate_route_list(App);
    pages.retain(|page| parts.development || page.path() != "/kit");
    let provide = {
        let parts = parts.clone();
        move || parts.provide()
    };
    let document = {
        let options = options.clone();
        move || shell(options.clone())
    };
    Router::new()
        .leptos_routes_with_context(&options, pages, provide, document)
        .with_state(options)
}

/// Routes for developers: a production start does not have them.
fn workshop(parts: &Parts, stylesheet: Arc<str>) -> Router {
    if parts.development {
        dev_mail::routes(parts.mail.clone(), stylesheet)
    } else {
        Router::new()
    }
}

/// Answers when the database does.
async fn healthz(Extension(house): Extension<House>) -> StatusCode {
    match house.db.ping().await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(error) => {
            tracing::warn!(%error, "not ready");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
