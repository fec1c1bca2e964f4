//! One WebSocket per client: frames, resume, heartbeat and clock. Knows nothing of what is said over it: a frame carries
//! a body that the slice above encodes and reads (`room` today). Under `ssr` the socket handler and the hub that closes
//! sockets by sign-in session, under `hydrate` the socket of the browser, which reconnects by itself.

mod clock;
mod frame;
mod pace;
mod pulse;

pub use clock::ServerClock;
pub use frame::{BadFrame, ClientFrame, Closing, Hello, MAX_CLIENT_FRAME, ServerFrame, VERSION};
pub use pace::{delay_ms, patience_ms};
pub use pulse::{LOOK_EVERY_MS, Pulse, Sign};

/// The browser pings this often; the server answers each ping with its time.
pub const PING_EVERY_MS: u32 = 2_000;
/// Either side takes the line for dead after so long without a byte from the other.
pub const DEAD_AFTER_MS: u32 = 5_000;

#[cfg(feature = "hydrate")]
pub mod client;

#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
pub use server::{Departure, Hub, Outlet, Rooms, Seat, Sessions};
