//! Many things of one kind, and pairs of name and value.

mod definition_list;
mod pager;
mod table;

pub use definition_list::{Definition, DefinitionList};
pub use pager::Pager;
pub use table::{Align, Cell, Column, DataTable, Row};
