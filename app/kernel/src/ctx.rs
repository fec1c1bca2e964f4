//! What a use case gets: who asks, and the parts of the house it may use.

use crate::{Actor, ApiError, Clock, Db, Ids, blob::Blobs, seal::Vault};
use http::request::Parts;
use leptos::prelude::use_context;
use std::{ops::Deref, sync::Arc};

/// The wired parts, made once at start-up and cloned per request.
#[derive(Debug, Clone)]
pub struct House {
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    pub vault: Vault,
    pub blobs: Blobs,
}

/// A request of a signed-in account. Its parts are reached directly: `ctx.db`, `ctx.clock.now()`.
#[derive(Debug, Clone)]
pub struct Ctx {
    pub actor: Actor,
    pub house: House,
}

impl Deref for Ctx {
    type Target = House;
    fn deref(&self) -> &House {
        &self.house
    }
}

impl Ctx {
    /// The context of the server function that is running: the middleware put the actor into the request's extensions.
    ///
    /// # Errors
    /// `SignedOut` when nobody is signed in.
    pub fn from_request() -> Result<Self, ApiError> {
        let house = House::from_request()?;
        let actor = use_context::<Parts>()
            .and_then(|parts| parts.extensions.get::<Actor>().copied())
            .ok_or(ApiError::SignedOut)?;
        Ok(Self { actor, house })
    }
}

impl House {
    /// For the few server functions that work without an actor: sign-in and public pages.
    ///
    /// # Errors
    /// `Internal` outside a request.
    pub fn from_request() -> Result<Self, ApiError> {
        use_context::<Self>().ok_or(ApiError::Internal)
    }
}
