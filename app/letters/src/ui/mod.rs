//! The page on which somebody chooses their letters, and what the desk sees of those that were sent.

mod choices;
mod deliveries;
mod entry;
mod feed;

pub use choices::MyLettersPage;
pub use deliveries::Deliveries;
pub use entry::LettersEntry;
pub use feed::FeedPage;
