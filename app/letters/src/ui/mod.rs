//! The page on which somebody chooses their letters.

mod choices;
mod entry;

pub use choices::MyLettersPage;
pub use entry::LettersEntry;
