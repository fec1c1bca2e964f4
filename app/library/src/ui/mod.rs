//! The pages of the library.

mod library;
mod parts;
mod prepare;
mod words;

pub use library::LibraryPage;
pub use prepare::PreparePage;
