//! The pages of the library.

mod kit_line;
mod library;
mod parts;
mod prepare;
mod words;

pub use kit_line::KitLine;
pub use library::LibraryPage;
pub use prepare::PreparePage;
