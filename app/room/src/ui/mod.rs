//! Pages and components of the room. The server renders the door alone; everything live exists only in the browser's
//! build. Decisions stand in files of their own, open to both builds and tested natively.

mod page;
mod test_page;
mod who_waits;
pub use page::RoomPage;
pub use test_page::RoomTestPage;
pub use who_waits::WhoWaits;

pub mod board;
pub mod dashboard;
pub mod scene;
pub mod stage;
pub mod words;

#[cfg(feature = "hydrate")]
mod call;
#[cfg(feature = "hydrate")]
mod check;
#[cfg(feature = "hydrate")]
mod clock;
#[cfg(feature = "hydrate")]
mod closed;
#[cfg(feature = "hydrate")]
mod live;
#[cfg(feature = "hydrate")]
mod waiting;
