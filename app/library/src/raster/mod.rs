//! Pages of a PDF become pictures, in a process of its own: whatever a malicious file does there, it does without memory
//! beyond a limit, without time beyond a limit, without a file, a socket or a secret (security.md 4.7, rule 14).

mod child;
mod frame;
mod parent;
mod webp;

pub use child::run_child;
pub use parent::{PageFrame, RasterError, Rasteriser, Sheet};
pub(crate) use webp::{Picture, encode, fit};
