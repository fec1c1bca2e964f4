//! Where things are: the head of a page, its sections, the way to its siblings.

mod card;
mod page_header;
mod section;
mod tabs;

pub use card::Card;
pub use page_header::PageHeader;
pub use section::Section;
pub use tabs::{TabLink, Tabs};
