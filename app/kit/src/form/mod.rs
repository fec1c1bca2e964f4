//! Form controls. Each is a label, a native control, a hint and an error that belong together by id, so that forms work
//! without script, browsers and password managers recognise them, and the first wrong one can take the focus.

mod checkbox;
mod error_summary;
mod escape;
mod field;
mod field_group;
mod notes;
mod radio_group;
mod select;
mod text_area;

pub use checkbox::Checkbox;
pub use error_summary::{ErrorSummary, FieldProblem};
pub use field::Field;
pub use field_group::{FieldGroup, FormRow};
pub use notes::field_id;
pub use radio_group::{Choice, ChoiceLayout, RadioGroup};
pub use select::Select;
pub use text_area::TextArea;
