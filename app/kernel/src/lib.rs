//! What every slice stands on: ids, time, money, who acts, and (on the server) the database handle bound to an actor,
//! the audit chain, the outbox, sealed fields and sealed objects. Knows no word of the clinic.

extern crate self as kernel; // `id!` names the crate, here and in the slices

#[doc(hidden)]
pub use serde as __serde;
#[doc(hidden)]
pub use uuid as __uuid;

mod actor;
mod error;
mod id;
mod money;
mod phi;

pub use actor::{Actor, Role};
pub use error::{ApiError, FieldError};
pub use id::{AccountId, IdempotencyKey, PatientId, RequestId, SessionId, TherapistId, VisitId};
pub use money::{Currency, Money};
pub use phi::Phi;

#[cfg(feature = "ssr")]
mod alone;
#[cfg(feature = "ssr")]
pub mod audit;
#[cfg(feature = "ssr")]
pub mod blob;
#[cfg(feature = "ssr")]
mod clock;
#[cfg(feature = "ssr")]
mod ctx;
#[cfg(feature = "ssr")]
mod db;
#[cfg(feature = "ssr")]
pub mod idempotency;
#[cfg(feature = "ssr")]
mod mint;
#[cfg(feature = "ssr")]
mod once;
#[cfg(feature = "ssr")]
pub mod outbox;
#[cfg(feature = "ssr")]
pub mod seal;
#[cfg(feature = "ssr")]
mod store_error;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(feature = "ssr")]
mod zone;

#[cfg(feature = "ssr")]
pub use {
    alone::Alone,
    clock::{Clock, FixedClock, SystemClock},
    ctx::{Ctx, House},
    db::{Db, Task, Tx},
    mint::{Ids, RandomIds},
    once::Once,
    store_error::{OnConstraint, StoreError},
    zone::{NotAZone, Zone},
};
